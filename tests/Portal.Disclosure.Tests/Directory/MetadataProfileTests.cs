using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.Directory;

namespace Portal.Disclosure.Tests.Directory;

/// <summary>The profile as data, and what it says of records.</summary>
public sealed class MetadataProfileTests(DisclosureHost host) : IClassFixture<DisclosureHost>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_fourteen_core_elements_are_there_in_their_order()
    {
        var core = MetadataProfile.Current.Elements.Where(element => element.Core is not null).ToList();
        Assert.Equal(Enumerable.Range(1, 14), core.Select(element => element.Core!.Value));
        Assert.Equal(6, core.Count(element => element.Obligation == "required"));
        Assert.Equal(3, core.Count(element => element.Obligation is not "required" and not "optional"));
        Assert.Equal(5, core.Count(element => element.Obligation == "optional"));
    }

    [Fact]
    public void A_record_with_what_it_must_have_is_valid() => Assert.Empty(Problems(Valid()));

    [Theory]
    [InlineData("title", "", "请填写名称。")]
    [InlineData("writtenOn", "2026-02-30", "成文日期“2026-02-30”不是日期，请按“2026-01-31”的形式填写。")]
    [InlineData("writtenOn", "2026-11-24", "成文日期“2026-11-24”晚于今天，请核对。")]
    [InlineData("subject", "11", "主题分类应当选到最末一级，“科技、教育”下面还有细类。")]
    [InlineData("subject", "9999", "主题分类的列表中没有“9999”，请从列表中选择。")]
    [InlineData("documentNumber", "", "请填写文号：行政规范性文件应当有文号。")]
    [InlineData("validity", "", "请填写有效性：法规、规章和行政规范性文件应当标明有效性。")]
    [InlineData("relation", "随便写", "关联信息“随便写”写法不对，请按“修改 云政发〔2026〕3号 2026-03-01”的形式，每行写一项。")]
    [InlineData("address", "javascript:alert(1)", "在线链接应当是以http://或者https://开头的完整网址。")]
    [InlineData("repealedOn", "2025-12-31", "废止（失效）日期早于成文日期，请核对。")]
    public void What_is_wrong_is_said_in_words_at_its_element(string key, string value, string message)
    {
        var problem = Assert.Single(Problems(Valid().Set(key, value)));
        Assert.Equal((key, message), (problem.Field, problem.Message));
    }

    [Theory]
    [InlineData("repealed", "repealedOn", "2026-11-24", "废止（失效）日期还没有到，有效性不能填写“已废止”或者“已失效”。")]
    [InlineData("repealed", "repealedOn", "2026-11-23", null)]
    [InlineData("effective", "effectiveOn", "2026-11-24", "施行日期还没有到，有效性应当填写“尚未生效”。")]
    [InlineData("effective", "effectiveOn", "2026-11-23", null)]
    [InlineData("pending", "effectiveOn", "2026-11-24", null)]
    public void What_is_said_of_the_validity_is_so_on_that_day(string validity, string key, string day, string? message)
    {
        var problem = Problems(Valid().Set("validity", validity).Set(key, day)).SingleOrDefault();
        Assert.Equal(message, problem?.Message);
        Assert.Equal(message is null ? null : "validity", problem?.Field);
    }

    [Fact]
    public void An_element_the_profile_does_not_have_is_named() =>
        Assert.Equal("元数据中没有“colour”这一项。", Assert.Single(Problems(Valid().Set("colour", "red"))).Message);

    [Fact]
    public void Obligations_follow_the_record()
    {
        Assert.Empty(Problems(Valid().Set("kind", "information").Set("documentNumber", "").Set("genre", "").Set("validity", "")));
        Assert.Equal(["effectiveOn"], Problems(Valid().Set("kind", "regulation")).Select(problem => problem.Field));
        Assert.Equal(["repealedOn"], Problems(Valid().Set("validity", "repealed")).Select(problem => problem.Field));
        Assert.Equal(["withheldGround"], Problems(Valid().Set("openness", "withheld").Set("statutoryItem", "")).Select(problem => problem.Field));
    }

    [Theory]
    [InlineData("colour == red")]
    [InlineData("genre in nothing-like-it")]
    [InlineData("genre")]
    public void A_profile_with_an_obligation_that_means_nothing_is_refused(string obligation)
    {
        var json = $$"""
            { "version": "x", "effectiveFrom": "2026-01-01", "elements": [
              { "key": "genre", "tag": "Genre", "type": "code", "vocabulary": "genres", "source": "staff" },
              { "key": "title", "tag": "Title", "type": "text", "source": "facts", "obligation": "{{obligation}}" } ] }
            """;
        Assert.Throws<FormatException>(() => MetadataProfile.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))));
    }

    [Fact]
    public void Every_element_has_a_name_and_every_condition_its_words()
    {
        var text = host.Services.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizer<DirectoryText>>();
        Assert.All(MetadataProfile.Current.Elements, element => Assert.False(text["Element." + element.Key].ResourceNotFound));
        Assert.All(
            MetadataProfile.Current.Elements.Where(element => MetadataProfile.Current.ObligationOf(element).Element is not null),
            element => Assert.False(text["Condition." + element.Key].ResourceNotFound));
    }

    [Fact]
    public void Metadata_is_written_and_read_again_as_it_was()
    {
        var metadata = Valid().Set("keywords", "教育", "乡村").Set("audience", "P02");
        var json = metadata.ToJson();
        Assert.Contains("\"audience\":[\"P02\"]", json, StringComparison.Ordinal);
        Assert.Contains("\"subject\":\"1102\"", json, StringComparison.Ordinal);
        Assert.Equal(json, EntryMetadata.Read(json).ToJson());
    }

    private static EntryMetadata Valid() => new EntryMetadata()
        .Set("title", "关于加强县域高中建设的通知").Set("writtenOn", "2026-01-05").Set("publisher", "云岭省教育厅")
        .Set("subject", "1102").Set("documentNumber", "云教发〔2026〕1号").Set("genre", "08").Set("validity", "effective")
        .Set("kind", "normative").Set("openness", "proactive").Set("statutoryItem", "01");

    private IReadOnlyList<Portal.Shared.Outcomes.FieldError> Problems(EntryMetadata metadata) =>
        host.Services.GetRequiredService<MetadataValidator>()
            .Problems(metadata, new Dictionary<string, string>(), Now, allotted: false);
}
