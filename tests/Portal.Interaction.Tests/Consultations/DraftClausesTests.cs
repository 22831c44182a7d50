using Portal.Interaction.Consultations;
using Portal.Interaction.Consultations.ClusterOpinions;

namespace Portal.Interaction.Tests.Consultations;

/// <summary>Pasted drafts, dated limits, masks and likeness: without a host.</summary>
public sealed class DraftClausesTests
{
    [Theory]
    [InlineData("第四条　甲。", "第四条")]
    [InlineData("4.甲。", "第4项")]
    [InlineData("四、甲。", "第四项")]
    public void A_clause_is_named_so_that_it_cannot_be_taken_for_a_mere_number(string draft, string label) =>
        Assert.Equal(label, DraftClauses.Read(draft, [], 1).Clauses[0].Label);

    [Fact]
    public void Articles_chapters_and_what_belongs_to_them_are_told_apart()
    {
        var (clauses, next) = DraftClauses.Read(ConsultationRoom.Draft, [], 1);
        Assert.Equal(["", "第一条", "第二条", "", "第三条", "第四条"], clauses.Select(clause => clause.Number));
        Assert.Equal([true, false, false, true, false, false], clauses.Select(clause => clause.IsHeading));
        Assert.Equal("产生生活垃圾的单位和个人应当分类投放。\n（一）可回收物；\n（二）有害垃圾。", clauses[4].Text);
        Assert.Equal(7, next);
        Assert.Equal(clauses, DraftClauses.Read(DraftClauses.Write(clauses), clauses, next).Clauses);
    }

    [Theory]
    [InlineData("一、总体要求\n坚持统筹。\n二、主要任务", "一,二")]
    [InlineData("1. 甲\n2．乙\n3、丙", "1,2,3")]
    [InlineData("第一段。\n第二段。", ",")]
    public void Other_ways_of_numbering_are_read(string text, string numbers) =>
        Assert.Equal(numbers.Split(','), DraftClauses.Read(text, [], 1).Clauses.Select(clause => clause.Number));

    [Fact]
    public void An_id_stays_with_its_text_and_is_never_given_twice()
    {
        var (before, next) = DraftClauses.Read("第一条　甲。\n第二条　乙。\n第三条　乙。", [], 1);
        var (after, _) = DraftClauses.Read("第一条　丙。\n第二条　甲。\n第三条　乙。\n第四条　乙。", before, next);
        Assert.Equal(["c4", "c1", "c2", "c3"], after.Select(clause => clause.Id));
    }

    [Fact]
    public void The_limits_are_dated_and_the_first_day_is_not_counted()
    {
        var day = new DateOnly(2026, 11, 23);
        foreach (var kind in Enum.GetValues<ConsultationKind>())
        {
            var limit = ConsultationLimits.Of(kind, day);
            Assert.Equal(kind == ConsultationKind.Other ? 7 : 30, limit.Period);
            Assert.Equal(30, limit.Report);
            Assert.NotEmpty(limit.Source);
        }

        Assert.True(ConsultationLimits.IsShort(ConsultationKind.Rule, day, day.AddDays(29)));
        Assert.False(ConsultationLimits.IsShort(ConsultationKind.Rule, day, day.AddDays(30)));
    }

    [Theory]
    [InlineData("虚拟路7号建议", "***建议", true)]
    [InlineData("虚拟路7号建议", "虚拟路7号建议", true)]
    [InlineData("虚拟路7号建议", "虚拟*建*", true)]
    [InlineData("虚拟路7号建议", "反对", false)]
    [InlineData("虚拟路7号建议", "*不*", false)]
    [InlineData("虚拟路7号建议", "建议*虚拟*", false)]
    [InlineData("甲甲", "甲*甲甲", false)]
    public void A_copy_hides_words_and_adds_none(string words, string confirmed, bool allowed) =>
        Assert.Equal(allowed, MaskedCopy.Of(new WrittenOpinion { Text = words }, confirmed) is not null);

    [Fact]
    public void The_proposed_copy_hides_what_a_public_letter_would_hide_and_no_digit_of_a_number_is_left()
    {
        var written = new WrittenOpinion
        {
            Name = "闻人不在册",
            Phone = "13912349876",
            Text = $"我是闻人不在册，身份证{ConsultationRoom.IdNumber}，电话13912349876，车牌云A12345，家住青年路18号3单元502室。投放时间太短。",
        };
        var shown = MaskedCopy.Propose(written);
        foreach (var secret in new[] { "闻人", ConsultationRoom.IdNumber[^4..], "9876", "12345", "18号", "502" })
        {
            Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        }

        Assert.EndsWith("投放时间太短。", shown, StringComparison.Ordinal);
        // A person may leave the address of a public place; a number stays hidden whoever confirms.
        Assert.DoesNotContain("9876", MaskedCopy.Of(written, written.Text)?.Text ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Opinions_that_say_the_same_of_one_clause_are_proposed_together()
    {
        ComparedOpinion Of(string? clause, OpinionStance stance, string text) => new(Guid.CreateVersion7(), clause, stance, text);
        var groups = OpinionLikeness.Groups(
        [
            Of("c1", OpinionStance.Change, "建议投放时间延长到晚上九点。"), Of("c1", OpinionStance.Change, "投放时间建议延长到晚上九点半。"),
            Of("c1", OpinionStance.Agree, "建议投放时间延长到晚上九点。"), Of("c2", OpinionStance.Change, "建议投放时间延长到晚上九点。"),
            Of("c1", OpinionStance.Change, "罚款太高，应当降低。"),
        ]);
        Assert.Equal(2, Assert.Single(groups).Count);
    }
}
