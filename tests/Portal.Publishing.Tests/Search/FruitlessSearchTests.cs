using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Publishing.Contracts;
using Portal.Publishing.Search.FruitlessSearches;
using Portal.Publishing.Search.SearchDocuments;
using Portal.Publishing.Tests.Pages;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Publishing.Tests.Search;

/// <summary>What is counted of searches that find nothing, and what never is.</summary>
public sealed class FruitlessSearchTests(PublicSite host) : IClassFixture<PublicSite>
{
    [Fact]
    public async Task A_search_in_vain_is_counted_by_site_and_day_and_no_more_is_known_of_it()
    {
        var visitor = host.Visitor();
        await Search(visitor, "查无此词甲");
        await Search(visitor, "查无此词甲", "&ignored=1");
        await Search(visitor, "ｃｈａｗｕ乙");
        await Search(visitor, "CHAWU乙");
        await Search(visitor, "查无此词丙", "&type=article");
        await Search(visitor, "最后一次");
        var (site, today) = (host.Site(TestData.ProvinceKey).Id, BeijingTime.Date(host.Clock.GetUtcNow()));
        var rows = await Rows();
        Assert.Equal(1, rows["查无此词甲"]);
        Assert.Equal(2, rows["chawu乙"]);
        Assert.False(rows.ContainsKey("查无此词丙"));
        var columns = await host.Use<PublishingDbContext, List<string>>(db => db.Database.SqlQuery<string>(
            $"select column_name || ' ' || data_type as \"Value\" from information_schema.columns where table_name = 'fruitless_searches' order by 1").ToListAsync());
        Assert.Equal(["day date", "site_id uuid", "term character varying", "times integer"], columns);
        Assert.All(await host.Use<PublishingDbContext, List<FruitlessTerm>>(db => db.FruitlessTerms.AsNoTracking().ToListAsync()), row =>
            Assert.Equal((site, today), (row.SiteId, row.Day)));

        var asked = await host.Use<MediatR.ISender, IReadOnlyList<FruitlessSearch>>(sender =>
            sender.Send(new ListFruitlessSearches(today, today.AddDays(1), 2, 1, 10)));
        Assert.Equal([new FruitlessSearch(site, "chawu乙", 2, 1)], asked);
        host.Clock.Advance(TimeSpan.FromDays(100));
        Assert.Equal(rows.Count, await host.Use<ForgetFruitlessSearches, int>(forget => forget.RunAsync(CancellationToken.None)));
    }

    [Theory]
    [InlineData("110101199003074258")]
    [InlineData("张三 13800001234")]
    [InlineData("一三八零零零零一二三四")]
    [InlineData("6222 0200 0000 0000 008")]
    [InlineData("someone@example.com")]
    [InlineData("房号 123456")]
    [InlineData("鹮")]
    [InlineData("我家住在某某路某某小区三号楼二单元想问一下为什么一直没有人来修电梯")]
    public void What_may_be_somebodys_or_is_no_term_is_never_kept(string typed) =>
        Assert.Null(FruitlessTerm.Of(SearchTerms.Read(typed), FruitlessSearchRules.All[0]));

    [Fact]
    public void A_document_number_is_a_term() =>
        Assert.Equal("云政发〔2026〕12号", FruitlessTerm.Of(SearchTerms.Read("云政发〔2026〕12号"), FruitlessSearchRules.All[0]));

    [Fact]
    public async Task A_day_takes_only_so_many_terms_and_goes_on_counting_those()
    {
        var counter = host.Services.GetRequiredService<FruitlessCounter>();
        var (site, rule) = (Guid.CreateVersion7(), FruitlessSearchRules.All[0]);
        for (var index = 0; index < rule.TermsPerSiteAndDay + 100; index++)
        {
            await counter.CountAsync(site, "词" + (char)(0x5000 + index) + "甲");
            host.Clock.Advance(TimeSpan.FromSeconds(index % 50 == 0 ? rule.WriteEverySeconds : 0));
        }

        host.Clock.Advance(TimeSpan.FromSeconds(rule.WriteEverySeconds));
        await counter.CountAsync(site, "词" + (char)0x5000 + "甲");
        var rows = await host.Use<PublishingDbContext, List<FruitlessTerm>>(db => db.FruitlessTerms.AsNoTracking().Where(row => row.SiteId == site).ToListAsync());
        Assert.InRange(rows.Count, 100, rule.TermsPerSiteAndDay);
        Assert.Equal(2, rows.Single(row => row.Term == "词" + (char)0x5000 + "甲").Times);
    }

    // Each a while after the other, so that every one is written.
    private async Task Search(Browser visitor, string typed, string more = "")
    {
        Assert.Equal(200, (int)(await visitor.Get("/search?q=" + Uri.EscapeDataString(typed) + more)).Status);
        host.Clock.Advance(TimeSpan.FromSeconds(6));
    }

    private Task<Dictionary<string, int>> Rows() => host.Use<PublishingDbContext, Dictionary<string, int>>(db =>
        db.FruitlessTerms.AsNoTracking().Where(row => row.SiteId == host.Site(TestData.ProvinceKey).Id).ToDictionaryAsync(row => row.Term, row => row.Times));
}
