using Portal.Disclosure.Directory;

namespace Portal.Disclosure.Tests.Directory;

/// <summary>What is read from a document's own facts, and what is left to people.</summary>
public sealed class DocumentFactsTests
{
    private static readonly Dictionary<string, string> Versions = new() { ["subject"] = "1", ["genre"] = "1" };

    [Theory]
    [InlineData("云岭省古树名木保护条例", null, null, "law", "法规")]
    [InlineData("中华人民共和国种子法", null, null, "law", "法规")]
    [InlineData("云岭省城乡规划条例（修正）", "云岭省人民代表大会常务委员会", null, "law", "法规")]
    [InlineData("企业名称登记管理规定", "中华人民共和国国务院", "国务院令第7号", "law", "法规")]
    [InlineData("征收教育费附加的暂行规定", "国务院", null, "law", "法规")]
    [InlineData("云岭省茶店管理办法", "云岭省人民政府", "云岭省人民政府令第12号", "regulation", "规章")]
    [InlineData("最高人民法院关于适用公司法若干问题的规定（三）", "最高人民法院", "法释〔2011〕3号", "official", "其他")]
    [InlineData("最高人民法院关于某案的批复", "最高人民法院", null, "official", "批复")]
    [InlineData("关于做好春耕工作的通知", "云岭省人民政府", "云政发〔2026〕3号", "normative", "通知")]
    [InlineData("云岭省茶店管理办法", null, null, "", null)]
    public void Kind_and_genre_are_named_only_where_the_rules_of_official_writing_decide(
        string title, string? issuer, string? number, string kind, string? genre)
    {
        var metadata = MetadataOf(title, issuer, number);
        Assert.Equal(kind.Length == 0 ? null : kind, metadata.One("kind"));
        Assert.Equal(genre is null ? null : Classifications.Genres.Read(genre)!.Code, metadata.One("genre"));
    }

    [Theory]
    [InlineData("云岭省古树名木保护条例", "0602")]
    [InlineData("云岭省农产品质量安全条例", "0601")]
    [InlineData("中华人民共和国防沙治沙法", null)]
    [InlineData("防治船舶污染海洋环境管理条例", null)]
    [InlineData("云岭省文明行为促进条例", null)]
    public void A_subject_is_suggested_where_all_words_of_the_title_agree(string title, string? code) =>
        Assert.Equal(code, MetadataOf(title, null, null).One("subject"));

    [Fact]
    public void Every_word_leads_to_a_leaf_of_the_list() =>
        Assert.All(
            Classifications.Subjects.Versions[^1].Items.Where(item => item.Parent is null),
            item => Assert.NotEqual(item.Code, SubjectWords.CodeOf(item.Name)));

    private static EntryMetadata MetadataOf(string title, string? issuer, string? number) => new DocumentFacts
    {
        Type = "policy",
        Title = title,
        OrganisationName = "云岭省人民政府",
        Fields = new[] { ("issuer", issuer), ("documentNumber", number) }
            .Where(field => field.Item2 is not null).ToDictionary(field => field.Item1, field => field.Item2!),
    }.ToMetadata(Versions);
}
