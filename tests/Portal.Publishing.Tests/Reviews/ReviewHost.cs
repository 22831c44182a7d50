using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Modules;
using Portal.Testing;

namespace Portal.Publishing.Tests.Reviews;

/// <summary>One host for the tests of the reviews; each makes a team and documents of its own.</summary>
[CollectionDefinition(Name)]
public sealed class ReviewDesk : ICollectionFixture<ReviewHost>
{
    public const string Name = "reviews";
}

/// <summary>Four people of one site, one for each part, and a channel for them.</summary>
internal sealed record Team(Channel Channel, Person Author, Person First, Person Second, Person Releaser)
{
    /// <summary>Those who decide, in order.</summary>
    public IReadOnlyList<Person> Reviewers => [First, Second, Releaser];
}

/// <summary>What tests of the reviews do again and again, through the forms that people use.</summary>
public class ReviewHost : WritingHost
{
    internal async Task<Team> Team(string site = TestData.ProvinceKey, Channel? channel = null) => new(
        channel ?? await Channel(site),
        await Data.Staff(Role.Author, site),
        await Data.Staff(Role.FirstReviewer, site),
        await Data.Staff(Role.SecondReviewer, site),
        await Data.Staff(Role.Releaser, site));

    /// <summary>A draft with a text, complete enough to be submitted.</summary>
    internal async Task<Edition> Written(Team team, string title = "关于试验的通知", params (string, string)[] changes)
    {
        var draft = await Draft(team.Author, team.Channel, title: title);
        return await Change(team.Author, draft, [("bodyText", "正文第一段。"), .. changes]);
    }

    /// <summary>Saves changes of an edition through its editing page.</summary>
    internal async Task<Edition> Change(Person author, Edition edition, params (string, string)[] changes)
    {
        var browser = await SignInAs(author);
        var form = Form(await browser.Get(Path(edition)), [.. changes, ("act", "save")]);
        var answer = await browser.Post(Path(edition), form);
        Assert.True(answer.Status == HttpStatusCode.Redirect, string.Join('\n', answer.Errors));
        return await Edition(edition.Id);
    }

    internal async Task<Answer> Submit(Person author, Guid editionId)
    {
        var browser = await SignInAs(author);
        var version = (await Edition(editionId)).Version;
        return await browser.Post(
            $"/console/editions/{editionId}/submission",
            new() { ["Version"] = version.ToString(CultureInfo.InvariantCulture) },
            $"/console/editions/{editionId}");
    }

    /// <summary>A document that waits for its first review.</summary>
    internal async Task<Edition> Submitted(Team team, string title = "关于试验的通知", params (string, string)[] changes)
    {
        var edition = await Written(team, title, changes);
        var answer = await Submit(team.Author, edition.Id);
        Assert.True(answer.Status == HttpStatusCode.Redirect, string.Join('\n', answer.Errors));
        return await Edition(edition.Id);
    }

    /// <summary>The plan without which a policy does not enter the third review: it needs no interpretation.</summary>
    internal async Task Plan(Person author, Edition edition)
    {
        var answer = await (await SignInAs(author)).Post(
            $"/console/disclosure/interpretations/{edition.DocumentId}",
            new() { ["Number"] = "0", ["Needed"] = "no", ["Reason"] = "试验，不需要解读。" });
        Assert.True(answer.Status == HttpStatusCode.Redirect, string.Join('\n', answer.Errors));
    }

    /// <summary>Decides as the review screen posts it.</summary>
    internal async Task<Answer> Decide(
        Person reviewer, Guid editionId, string decision = "approve", string opinion = "同意。", bool secrecy = true,
        string? hash = null, string? scheduled = null, ReviewStage? stage = null)
    {
        var browser = await SignInAs(reviewer);
        Dictionary<string, string> form = new()
        {
            ["ContentHash"] = hash ?? (await Edition(editionId)).ContentHash,
            ["Opinion"] = opinion,
            ["Decision"] = decision,
        };
        if (stage is not null)
        {
            form["Stage"] = stage.Value.ToString();
        }

        if (secrecy)
        {
            form["SecrecyChecked"] = "true";
        }

        if (scheduled is not null)
        {
            form["Scheduled"] = scheduled;
        }

        return await browser.Post($"/console/editions/{editionId}/reviews", form, "/console/reviews");
    }

    /// <summary>All three reviews, one after the other.</summary>
    internal async Task<Edition> Approve(Team team, Guid editionId)
    {
        foreach (var reviewer in team.Reviewers)
        {
            var answer = await Decide(reviewer, editionId);
            Assert.True(answer.Status == HttpStatusCode.Redirect, string.Join('\n', answer.Errors));
        }

        return await Edition(editionId);
    }

    /// <summary>A document that the three reviews brought to the public.</summary>
    internal async Task<Edition> Published(Team team, string title = "关于试验的通知", params (string, string)[] changes) =>
        await Approve(team, (await Submitted(team, title, changes)).Id);

    /// <summary>The next edition of a live document, with a changed text.</summary>
    internal async Task<Edition> Next(Team team, Edition live, params (string, string)[] changes)
    {
        var browser = await SignInAs(team.Author);
        var answer = await browser.Post(
            $"/console/documents/{live.DocumentId}/editions",
            new() { ["Language"] = live.Language, ["From"] = live.Id.ToString() },
            $"/console/documents/{live.DocumentId}/editions/new");
        Assert.True(answer.Status == HttpStatusCode.Redirect, answer.Text);
        var id = Guid.Parse(answer.Location!.Split('/')[3].Split('?')[0]);
        return await Change(team.Author, await Edition(id), [("bodyText", "正文第二稿。"), .. changes]);
    }

    internal static string PathOf(Team team, Edition edition) => $"/{team.Channel.Path}/{edition.Slug}";

    /// <summary>How often the trail was told that somebody was refused something.</summary>
    internal async Task<long> Refusals(Person person) => (long)(await Owner(
        "select count(*) from host.outbox where payload->>'action' = 'host.request.refused' and payload->>'actorId' = $1",
        person.Id.ToString()))!;

    /// <summary>One value, as the owner of the database sees it.</summary>
    internal async Task<object?> Owner(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(OwnerConnection);
        await connection.OpenAsync();
        return await Execute(connection, sql, values);
    }

    /// <summary>A command on the module's own database role, around everything that the code would check.</summary>
    internal async Task<object?> Module(string sql, params object[] values)
    {
        var module = Services.GetRequiredService<ModuleRegistry>().All.Single(row => row.Name == "Publishing");
        await using var connection = await Services.GetRequiredService<ModuleDataSources>().For(module).OpenConnectionAsync();
        return await Execute(connection, sql, values);
    }

    internal Task<List<Review>> ReviewsOf(Guid editionId) => Read(db =>
        db.Reviews.AsNoTracking().Where(row => row.EditionId == editionId).OrderBy(row => row.At).ToListAsync());

    internal Task<PublishedPage> Page(Guid documentId) => Read(db =>
        db.Pages.AsNoTracking().SingleAsync(row => row.DocumentId == documentId));

    private static async Task<object?> Execute(NpgsqlConnection connection, string sql, object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync();
    }
}
