using System.Text.Json;
using Portal.Publishing.Imports.ImportDocuments;

namespace Portal.Publishing.Tests.Imports;

/// <summary>What an imported document says of itself beside its history.</summary>
public sealed class ImportRecordTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData("第九条 本条例自2014年3月1日起施行。", "2014-03-01")]
    [InlineData("第九条 本条例自２０１４年 ３月１日起施行。", "2014-03-01")]
    [InlineData("第九条 本条例自公布之日起施行。", "2013-07-26")]
    [InlineData("第九条 应当自2014年3月1日起十日内备案。", null)]
    public void The_last_article_says_from_when_it_is_in_force(string body, string? day) =>
        Assert.Equal(day, Of("云岭省茶园条例", body, "2013年7月26日 云岭省人民代表大会常务委员会通过").GetValueOrDefault("effectiveOn"));

    [Fact]
    public void A_day_in_the_history_counts_before_the_text() =>
        Assert.Equal(
            "2014-01-01",
            Of("云岭省茶园条例", "自2015年1月1日起施行。", "2013年7月26日 云岭省人民代表大会常务委员会通过", "2014年1月1日 施行")["effectiveOn"]);

    [Fact]
    public void What_is_in_force_later_is_not_called_effective_yet()
    {
        var fields = Of("云岭省茶园条例", "本条例自2027年1月1日起施行。", "2026年10月26日 云岭省人民代表大会常务委员会通过");
        Assert.Equal("2027-01-01", fields["effectiveOn"]);
        Assert.DoesNotContain("validity", fields.Keys);
    }

    [Theory]
    [InlineData("云浦市茶园条例", "2013年7月26日 市人大常委会通过", "云浦市人民代表大会常务委员会")]
    [InlineData("最高人民法院、最高人民检察院关于办理茶叶案件的解释", null, "最高人民法院")]
    [InlineData("关于办理茶叶案件的解释", null, null)]
    public void Who_made_it_is_named_whole_or_not_at_all(string title, string? history, string? issuer) =>
        Assert.Equal(issuer, Of(title, "正文。", history is null ? [] : [history]).GetValueOrDefault("issuer"));

    [Theory]
    [InlineData("云政发〔2013〕7号", "云政发〔2013〕7号")]
    [InlineData("根据云政发〔2013〕7号制定", null)]
    public void A_number_on_a_line_of_its_own_is_the_documents(string line, string? number) =>
        Assert.Equal(number, Of("关于茶园的通知", line + "\n\n正文。").GetValueOrDefault("documentNumber"));

    private static SortedDictionary<string, string> Of(string title, string body, params string[] history) =>
        ImportRecord.Read(JsonSerializer.Serialize(new { id = "a", title, date = "2013-07-26", history, body }), Today).Fields;
}
