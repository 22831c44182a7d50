using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Surveys;

namespace Portal.Interaction.Tests.Surveys;

/// <summary>What is read of a form, kind by kind; branches, and what nobody asked for.</summary>
public sealed class SurveySheetTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
    private static readonly IStringLocalizer<SurveyText> Text = Services.GetRequiredService<IStringLocalizer<SurveyText>>();
    private static readonly IStringLocalizer<SurveyDeskText> DeskText = Services.GetRequiredService<IStringLocalizer<SurveyDeskText>>();

    [Theory]
    [InlineData(0, 20, 0, "0–19")]
    [InlineData(20, 20, 0, "20–39")]
    [InlineData(-5, 5, 1, "-5–-0.1")]
    [InlineData(0, 2, 2, "0–1.99")]
    [InlineData(3, 1, 0, "3")]
    public void A_number_belongs_to_one_bracket_only(int from, int width, int decimals, string name) =>
        Assert.Equal(name, SurveyTally.BracketName(from, width, decimals));

    [Fact]
    public void Sections_follow_from_answers_and_answers_of_hidden_ones_are_dropped()
    {
        var hidden = Sheet(("q.use", "no"), ("q.what", "news"), ("q.score", "5"), ("q.nothing", "x"));
        Assert.Equal(["s1", "s3"], hidden.Sections.Select(shown => shown.Section.Key));
        Assert.Equal(["score", "use"], hidden.Answers.Keys.Order(StringComparer.Ordinal));
        Assert.Null(hidden.FirstFaulty);

        var shown = Sheet(("q.use", "yes"), ("q.what", "news"), ("q.score", "5"));
        Assert.Equal(["s1", "s2", "s3"], shown.Sections.Select(section => section.Section.Key));
        Assert.True(shown.Answers.ContainsKey("what"));
    }

    [Theory]
    [InlineData("use", "perhaps", "不在题目中")]
    [InlineData("score", "9", "不在题目中")]
    [InlineData("score", "", "请选择一项")]
    [InlineData("age", "abc", "请填写数字")]
    [InlineData("age", "1.5", "请填写整数")]
    [InlineData("age", "0", "不能小于1岁")]
    [InlineData("age", "99999999999999999999999999", "请填写数字")]
    [InlineData("since", "1999-12-31", "不能早于2000年1月1日")]
    [InlineData("since", "昨天", "请填写日期")]
    public void What_is_wrong_is_said_at_the_question(string question, string value, string words)
    {
        List<(string, string)> fields = [("q.use", "no"), ("q.score", "3")];
        fields.RemoveAll(field => field.Item1 == "q." + question);
        var sheet = Sheet([.. fields, ("q." + question, value)]);
        var error = Assert.Single(sheet.ErrorsOf(sheet.FirstFaulty!));
        Assert.Equal("q." + question, error.Field);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.False(sheet.Answers.ContainsKey(question));
    }

    [Fact]
    public void Several_choices_keep_their_limits_and_what_excludes_excludes()
    {
        Assert.Contains("最多选2项", Fault([("q.what", "news"), ("q.what", "law"), ("q.what", "other"), ("q.what.other", "查电话")]), StringComparison.Ordinal);
        Assert.Contains("不能再选其他项", Fault([("q.what", "news"), ("q.what", "none")]), StringComparison.Ordinal);
        Assert.Contains("请填写“其他”", Fault([("q.what", "other")]), StringComparison.Ordinal);
        Assert.Contains("不在题目中", Fault([("q.what", "forged")]), StringComparison.Ordinal);
        var good = Sheet(("q.use", "yes"), ("q.score", "3"), ("q.what", "other"), ("q.what.other", " 查电话 "));
        Assert.Equal("查电话", good.Answers["what"].Other);
    }

    [Fact]
    public void A_ranking_leaves_no_place_out_and_gives_none_twice()
    {
        (string, string)[] rest = [("q.use", "yes"), ("q.score", "3"), ("q.what", "news")];
        Assert.Equal(["c", "a"], Sheet([.. rest, ("q.rank.c", "1"), ("q.rank.a", "2")]).Answers["rank"].Chosen);
        Assert.Contains("第1位只能有一项", Words(Sheet([.. rest, ("q.rank.c", "1"), ("q.rank.a", "1")])), StringComparison.Ordinal);
        Assert.Contains("请选出第1位至第2位", Words(Sheet([.. rest, ("q.rank.c", "1")])), StringComparison.Ordinal);
        Assert.Contains("不在题目中", Words(Sheet([.. rest, ("q.rank.c", "3")])), StringComparison.Ordinal);
        Assert.Equal("good", Sheet([.. rest, ("q.feel.fast", "good")]).Answers["feel"].Cells!["fast"]);
        Assert.Contains("不在题目中", Words(Sheet([.. rest, ("q.feel.fast", "forged")])), StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_come_back_as_the_fields_that_gave_them()
    {
        var sheet = Sheet(
            ("q.use", "yes"), ("q.age", "30"), ("q.what", "law"), ("q.what", "other"), ("q.what.other", "电话"), ("q.feel.fast", "bad"), ("q.feel.clear", "good"),
            ("q.rank.b", "1"), ("q.rank.a", "2"), ("q.score", "5"), ("q.since", "2020-02-29"), ("q.say", "很好\n继续"));
        Assert.Null(sheet.FirstFaulty);
        var again = SurveySheet.Of(
            SurveyRoom.Definition, SurveySheet.FieldsFor(SurveyRoom.Definition, SurveyAnswers.Read(SurveyAnswers.Write(sheet.Answers))), Text);
        Assert.Equal(SurveyAnswers.Write(sheet.Answers), SurveyAnswers.Write(again.Answers));
        Assert.Equal(8, again.Answers.Count);
    }

    [Fact]
    public void A_definition_has_one_text_and_one_hash_and_comes_back_the_same()
    {
        var canonical = SurveyJson.Canonical(SurveyRoom.Definition);
        Assert.Equal(canonical, SurveyJson.Canonical(SurveyJson.TryRead(canonical)!));
        Assert.NotEqual(
            SurveyJson.Hash(canonical), SurveyJson.Hash(SurveyJson.Canonical(SurveyRoom.Definition with { Sections = SurveyRoom.Definition.Sections.Take(2).ToList() })));
        Assert.Null(SurveyJson.TryRead("""{"format":2,"sections":[]}"""));
        Assert.Null(SurveyJson.TryRead("""{"format":1,"sections":[null]}"""));
        Assert.Null(SurveyJson.TryRead("""{"format":1,"sections":[],"script":"x"}"""));
        Assert.Null(SurveyJson.TryRead(new string('[', 100_000)));
    }

    [Fact]
    public void The_model_questionnaire_has_no_fault_and_each_fault_names_its_question()
    {
        Assert.Empty(SurveyChecks.Of(SurveyRoom.Definition, DeskText));
        Assert.Contains("不在前面部分", Check(SurveyRoom.One("x", "甲", "1", "2") with { ShowWhen = When("x") }), StringComparison.Ordinal);
        Assert.Contains("不在前面部分", Check(SurveyRoom.One("x", "甲", "1", "2") with { ShowWhen = When("score") }), StringComparison.Ordinal);
        Assert.Contains("不符", Check(SurveyRoom.One("x", "甲", "1", "2") with { ShowWhen = When("use", "other") }), StringComparison.Ordinal);
        Assert.Contains("选项", Check(SurveyRoom.One("x", "甲", "1")), StringComparison.Ordinal);
        Assert.Contains("不能重复", Check(SurveyRoom.One("x", "甲", "1", "1")), StringComparison.Ordinal);
        Assert.Contains("最多字数", Check(new SurveyQuestion { Key = "x", Kind = QuestionKind.LongText, Title = "甲", Maximum = 2001 }), StringComparison.Ordinal);
        Assert.Contains("互斥", Check(SurveyRoom.One("x", "甲", "1", "2") with { Options = [new() { Key = "1", Label = "一", Exclusive = true }, new() { Key = "2", Label = "二" }] }), StringComparison.Ordinal);
        Assert.Contains("重复", Check(SurveyRoom.One("use", "甲", "1", "2")), StringComparison.Ordinal);
    }

    private static SurveyRule When(string question, string value = "yes") =>
        new() { Conditions = [new SurveyCondition { Question = question, Operator = ConditionOperator.IsAny, Values = [value] }] };

    private static string Check(SurveyQuestion added)
    {
        var sections = SurveyRoom.Definition.Sections.ToList();
        sections[1] = sections[1] with { Questions = [.. sections[1].Questions, added] };
        var faults = SurveyChecks.Of(new SurveyDefinition { Sections = sections }, DeskText);
        Assert.All(faults, fault => Assert.Equal(added.Key, fault.Field));
        return string.Join('\n', faults.Select(fault => fault.Message));
    }

    private static string Fault((string, string)[] fields) => Words(Sheet([("q.use", "yes"), ("q.score", "3"), .. fields]));

    private static string Words(SurveySheet sheet) => Assert.Single(sheet.ErrorsOf(sheet.FirstFaulty!)).Message;

    private static SurveySheet Sheet(params (string Name, string Value)[] fields) => SurveySheet.Of(
        SurveyRoom.Definition,
        fields.GroupBy(field => field.Name).ToDictionary(group => group.Key, IReadOnlyList<string> (group) => [.. group.Select(field => field.Value)]), Text);
}
