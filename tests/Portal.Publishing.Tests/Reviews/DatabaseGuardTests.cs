using Npgsql;
using Portal.Publishing.Documents;

namespace Portal.Publishing.Tests.Reviews;

/// <summary>What the database itself refuses to the module's own role, whatever the code would do.</summary>
[Collection(ReviewDesk.Name)]
public sealed class DatabaseGuardTests(ReviewHost host)
{
    private const string AddReview = """
        insert into publishing.reviews
          (id, site_id, edition_id, content_hash, stage, decision, person_id, person_name, unit, opinion, secrecy_checked, at)
        select gen_random_uuid(), site_id, id, $2, $3, 'Approved', $4, '某人', '某单位', '同意', true, now()
        from publishing.editions where id = $1
        """;

    [Theory]
    [InlineData("Live")]
    [InlineData("Scheduled")]
    [InlineData("Superseded")]
    public async Task Publication_without_three_reviews(string state)
    {
        var team = await host.Team();
        var edition = await host.Submitted(team);
        await host.Decide(team.First, edition.Id);
        await host.Decide(team.Second, edition.Id);

        await Refused("lacks three reviews", "update publishing.editions set state = $2 where id = $1", edition.Id, state);

        Assert.Equal(EditionState.AwaitingRelease, (await host.Edition(edition.Id)).State);
    }

    [Fact]
    public async Task Publication_of_other_content_than_was_reviewed()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team);
        await host.Decide(team.First, edition.Id);
        await host.Decide(team.Second, edition.Id);
        await host.Module(AddReview, edition.Id, edition.ContentHash, 3, team.Releaser.Id);

        await Refused(
            "lacks three reviews",
            "update publishing.editions set state = 'Live', title = '换掉', content_hash = repeat('0', 64) where id = $1",
            edition.Id);
    }

    [Theory]
    [InlineData("title = '改写历史'")]
    [InlineData("body = '{}'")]
    [InlineData("published_at = now()")]
    [InlineData("content_hash = repeat('0', 64)")]
    [InlineData("contributors = '{}'")]
    public async Task A_change_of_a_published_edition(string change)
    {
        var live = await host.Published(await host.Team());

        await Refused("never changes again", $"update publishing.editions set {change} where id = $1", live.Id);
    }

    [Theory]
    [InlineData("Draft")]
    [InlineData("Discarded")]
    public async Task A_published_edition_made_a_draft_again(string state)
    {
        var live = await host.Published(await host.Team());

        await Refused("cannot go from Live", "update publishing.editions set state = $2 where id = $1", live.Id, state);
        await Refused("are never changed", "delete from publishing.editions where id = $1", live.Id);
    }

    [Theory]
    [InlineData("update publishing.reviews set opinion = '改写' where edition_id = $1")]
    [InlineData("delete from publishing.reviews where edition_id = $1")]
    public async Task A_change_of_a_review(string sql)
    {
        var edition = await host.Published(await host.Team());

        // The role lacks the right; the owner meets the trigger.
        await Refused("permission denied", sql, edition.Id);
        var owner = await Assert.ThrowsAsync<PostgresException>(() => host.Owner(sql, edition.Id));
        Assert.Contains("are never changed", owner.MessageText, StringComparison.Ordinal);
        await Refused("permission denied", "truncate publishing.reviews");
    }

    [Fact]
    public async Task A_reviewer_who_is_an_author()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team);

        await Refused("an author may not review", AddReview, edition.Id, edition.ContentHash, 1, team.Author.Id);
    }

    [Fact]
    public async Task A_review_of_other_content_out_of_order_or_by_the_same_person()
    {
        var team = await host.Team();
        var edition = await host.Submitted(team);

        await Refused("names other content", AddReview, edition.Id, new string('0', 64), 1, team.First.Id);
        await Refused("earlier review is missing", AddReview, edition.Id, edition.ContentHash, 2, team.Second.Id);
        await host.Module(AddReview, edition.Id, edition.ContentHash, 1, team.First.Id);
        await Refused("ux_reviews_person", AddReview, edition.Id, edition.ContentHash, 2, team.First.Id);
        await Refused("ux_reviews_stage", AddReview, edition.Id, edition.ContentHash, 1, team.Second.Id);
    }

    [Fact]
    public async Task A_late_writer_that_would_put_an_older_page_over_a_newer_one()
    {
        var team = await host.Team();
        var live = await host.Published(team);
        var next = await host.Next(team, live);
        await host.Submit(team.Author, next.Id);
        await host.Approve(team, next.Id);
        Assert.Equal(2, (await host.Page(live.DocumentId)).Sequence);

        await Refused(
            "is already at 2",
            "update publishing.published_pages set sequence = 1, html = '<p>旧</p>' where document_id = $1", live.DocumentId);

        Assert.Contains("正文第二稿。", (await host.Page(live.DocumentId)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_owner_of_a_path()
    {
        var team = await host.Team();
        var live = await host.Published(team);

        await Refused(
            "pk_path_owners",
            "insert into publishing.path_owners (site_id, path, kind, target_id) values ($1, $2, 'Document', gen_random_uuid())",
            live.SiteId, $"{team.Channel.Path}/{live.Slug}");
    }

    private async Task Refused(string because, string sql, params object[] values)
    {
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => host.Module(sql, values));
        Assert.Contains(because, refusal.MessageText + refusal.ConstraintName, StringComparison.Ordinal);
    }
}
