using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters;
using Portal.Testing;

namespace Portal.Interaction.Tests.Letters.Copies;

/// <summary>How often the public pages ask the database.</summary>
public sealed class PublishedLetterRoundTripTests(LetterDesk desk) : IClassFixture<LetterDesk>
{
    [Fact]
    public async Task List_and_figures_ask_as_many_questions_for_many_letters_as_for_few()
    {
        await Published(1);
        var visitor = desk.Visitor(LetterDesk.SiteKey);
        // Whatever is loaded once is loaded.
        foreach (var path in new[] { "/letters/published", "/letters/statistics" })
        {
            await visitor.Get(path);
        }

        // Each address only once: a page that is cached asks nothing.
        var list = await Queries(visitor, "/letters/published?kind=Suggestion");
        var search = await Queries(visitor, "/letters/published?q=" + Uri.EscapeDataString("公交"));
        var figures = await Queries(visitor, "/letters/statistics?year=2026");
        await Published(12);
        await desk.Driven(LetterState.Rated, LetterKind.Complaint);
        var page = await visitor.Get("/letters/published?kind=Suggestion&unit=" + LetterDesk.UnitKey);
        Assert.Contains("公开来信12", page.Text, StringComparison.Ordinal);
        Assert.Equal(list, await Queries(visitor, "/letters/published?kind=Suggestion&mailbox=" + LetterDesk.MailboxKey));
        Assert.Equal(search, await Queries(visitor, "/letters/published?q=" + Uri.EscapeDataString("班次")));
        Assert.Equal(figures, await Queries(visitor, "/letters/statistics?year=2025"));
        Assert.InRange(list, 1, 8);
        Assert.InRange(search, 1, 8);
        Assert.InRange(figures, 1, 8);
    }

    // As they stand after their release; how they get there is LetterCopyTests' matter.
    private async Task Published(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            var id = await desk.Driven(LetterState.Replied);
            var title = "公开来信" + number.ToString(System.Globalization.CultureInfo.InvariantCulture) + "：增加公交班次";
            await desk.Read(db => db.Database.ExecuteSqlAsync(
                $"""
                insert into interaction.letter_copies (
                  id, letter_id, site_id, version, state, number, mailbox_id, kind, unit_site_id, unit_name, received_on, accepted_on,
                  replied_on, workdays, outcome, title, content_hash, reply_paper_id, masks, proposed_by, proposed_by_name, proposed_at,
                  decided_at, row_version)
                select gen_random_uuid(), id, site_id, 1, 'Published', number, mailbox_id, kind, {desk.UnitId}, '某单位', accepted_on,
                  accepted_on, replied_on, 1, 'Adopted', {title}, 'x', gen_random_uuid(), '[]', gen_random_uuid(), '某人', now(), now(), 0
                from interaction.letters where id = {id}
                """));
        }
    }

    private static async Task<int> Queries(Browser browser, string path)
    {
        using var count = PortalHost.CountQueries();
        Assert.Equal(200, (int)(await browser.Get(path)).Status);
        return count.Count;
    }
}
