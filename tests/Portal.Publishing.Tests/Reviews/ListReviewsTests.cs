using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Publishing.Reviews;
using Portal.Publishing.RichText;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Testing;

namespace Portal.Publishing.Tests.Reviews;

[Collection(ReviewDesk.Name)]
public sealed class ListReviewsTests(ReviewHost host)
{
    [Fact]
    public async Task One_list_holds_what_waits_for_me_on_all_my_sites_and_nothing_else()
    {
        var (a, b, c) = (await host.Channel("jyt"), await host.Channel("yunpu"), await host.Channel("jyt"));
        var (here, there, beside) = (await host.Team("jyt", a), await host.Team("yunpu", b), await host.Team("jyt", c));
        var me = await host.Data.Staff(
            (Role.FirstReviewer, "jyt", a.Id), (Role.SecondReviewer, "jyt", a.Id), (Role.SecondReviewer, "yunpu", b.Id),
            (Role.Author, "jyt", a.Id));
        var first = await host.Submitted(here, "等我初审");
        var second = await host.Submitted(there, "等我审核");
        await host.Decide(there.First, second.Id);
        await host.Submitted(there, "外站待初审");
        await host.Submitted(beside, "别的栏目");
        await host.Submitted(here with { Author = me }, "我写的");
        var done = await host.Submitted(here, "我已初审");
        await host.Decide(me, done.Id);
        var browser = await host.SignInAs(me);

        var page = await browser.Get("/console/reviews");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(["等我初审", "等我审核"], Titles(page));
        Assert.Equal(
            $"{first.Id}:{first.ContentHash}:First", page.Document.QuerySelector("input[name=Chosen]")!.GetAttribute("value"));
        Assert.Equal(["等我审核"], Titles(await browser.Get("/console/reviews?stage=Second")));
        Assert.Equal(["等我初审"], Titles(await browser.Get($"/console/reviews?site={host.Site("jyt").Id}")));
        Assert.Equal(["等我审核"], Titles(await browser.Get("/console/reviews?q=审核")));
        Assert.Empty(Titles(await browser.Get("/console/reviews?q=%25")));
        Assert.Equal(["等我初审", "等我审核"], Titles(await browser.Get("/console/reviews?site=x&stage=9&cursor=y")));
        var menu = page.Document.QuerySelector("a.c-nav__link[href='/console/reviews'] .c-nav__count")!;
        Assert.StartsWith("2", menu.TextContent, StringComparison.Ordinal);
        var today = await browser.Get("/console");
        Assert.Contains("等我审查", today.Text, StringComparison.Ordinal);
        Assert.Contains($"/console/reviews?site={host.Site("yunpu").Id}", today.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_is_read_page_by_page_the_longest_waiting_first()
    {
        var channel = await host.Channel("lanqiao");
        var reviewer = await host.Data.Staff(Role.FirstReviewer, "lanqiao", channel.Id);
        await Fill(channel, 45);
        var browser = await host.SignInAs(reviewer);

        var first = await browser.Get("/console/reviews");
        var second = await browser.Get(first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        var again = await browser.Get(second.Document.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);

        var titles = Enumerable.Range(0, 45).Select(i => FormattableString.Invariant($"第{i:00}件")).ToList();
        Assert.Equal(titles[..40], Titles(first));
        Assert.Equal(titles[40..], Titles(second));
        Assert.Equal(titles[..40], Titles(again));
        Assert.Null(first.Document.QuerySelector("a[rel=prev]"));
        Assert.Null(second.Document.QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task An_author_has_no_queue_but_sees_what_became_of_the_own_work()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team, "我送审的稿件");

        var today = await (await host.SignInAs(team.Author)).Get("/console");

        Assert.Null(today.Document.QuerySelector("a.c-nav__link[href='/console/reviews']"));
        Assert.Contains("我送审的稿件", today.Text, StringComparison.Ordinal);
        Assert.Contains($"/console/editions/{edition.Id}", today.Text, StringComparison.Ordinal);
    }

    [Theory]
    // The day itself does not count; the week of the national holiday does not, the Saturday worked for it does.
    [InlineData("2026-09-30T17:00:00+08:00", "2026-10-08T09:00:00+08:00", 1)]
    [InlineData("2026-10-08T09:00:00+08:00", "2026-10-12T09:00:00+08:00", 3)]
    [InlineData("2026-10-16T23:50:00+08:00", "2026-10-18T23:50:00+08:00", 0)]
    [InlineData("2026-10-19T16:30:00+00:00", "2026-10-20T15:30:00+00:00", 0)]
    public void A_wait_is_counted_in_working_days(string sent, string now, int days) =>
        Assert.Equal(days, new WorkingCalendar("", CalendarNotice.National()).WorkdaysSince(
            DateTimeOffset.Parse(sent, CultureInfo.InvariantCulture), DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));

    [Fact]
    public async Task The_queue_and_the_first_page_say_how_many_working_days_something_has_waited()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team, "等了很久的稿件");
        var now = host.Clock.GetUtcNow();
        var sent = now.AddDays(-30);
        await host.Use<PublishingDbContext>(db => db.Editions.Where(row => row.Id == edition.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SubmittedAt, sent)));
        var calendar = host.Services.GetRequiredService<ICalendars>().For(host.Site(TestData.ProvinceKey));
        var words = $"{calendar.WorkdaysSince(sent, now)}个工作日";
        var reviewer = await host.SignInAs(team.First);

        var row = (await reviewer.Get("/console/reviews?q=等了很久")).Document.QuerySelector("table[data-queue] tbody tr")!;
        var today = await reviewer.Get("/console");

        Assert.Equal(words, row.QuerySelector(".c-waited")!.TextContent);
        Assert.Contains(words, today.Text, StringComparison.Ordinal);
    }

    private static List<string> Titles(Answer page) =>
        [.. page.Document.QuerySelectorAll("table[data-queue] a[data-open]").Select(link => link.TextContent)];

    private Task Fill(Channel channel, int count) => host.Use<PublishingDbContext>(async db =>
    {
        var now = host.Clock.GetUtcNow();
        for (var i = 0; i < count; i++)
        {
            var document = new Document { Id = Guid.CreateVersion7(now), SiteId = channel.SiteId, Type = "article", CreatedAt = now };
            var edition = new Edition
            {
                Id = Guid.CreateVersion7(now.AddMilliseconds(i)),
                SiteId = channel.SiteId,
                DocumentId = document.Id,
                Number = 1,
                State = EditionState.AwaitingFirstReview,
                ChannelId = channel.Id,
                Slug = FormattableString.Invariant($"n{i}"),
                Title = FormattableString.Invariant($"第{i:00}件"),
                Body = RichDocument.Empty.ToJson(),
                CreatedAt = now,
                UpdatedAt = now,
                // Two at a time share an instant: the id breaks the tie.
                SubmittedAt = now.AddMinutes(i / 2),
            };
            edition.ContentHash = ContentHash.Of(edition);
            db.AddRange(document, edition);
        }

        await db.SaveChangesAsync();
    });
}
