using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.AnnualReports;
using Portal.Publishing;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Disclosure.Tests.AnnualReports;

/// <summary>A host on whose sites officers compile annual reports.</summary>
public sealed class ReportDesk : DisclosureHost
{
    private readonly Dictionary<string, Browser> _officers = [];

    internal async Task<Browser> Officer(string site)
    {
        if (!_officers.TryGetValue(site, out var officer))
        {
            officer = await SignInAs(await Data.Staff(Role.RequestOfficer, site));
            _officers[site] = officer;
        }

        return officer;
    }

    /// <summary>The channel 政府信息公开年报 of a site.</summary>
    internal Task ReportChannel(string site) => Use<PublishingDbContext>(async db =>
    {
        var id = Guid.CreateVersion7();
        var channel = new Channel
        {
            Id = id,
            SiteId = Site(site).Id,
            Lineage = [id],
            Slug = "nianbao",
            Path = "nianbao",
            Name = "政府信息公开年报",
            Type = ChannelType.Overview,
            Description = "年报",
            Keywords = ["年报"],
            CreatedAt = Clock.GetUtcNow(),
        };
        db.Channels.Add(channel);
        db.Paths.Add(channel.Owning());
        await db.SaveChangesAsync();
    });

    internal async Task<Guid> Started(string site, int year = 2025)
    {
        var officer = await Officer(site);
        var started = await officer.Post(
            "/console/annual-reports", new() { ["SiteId"] = Site(site).Id.ToString(), ["Year"] = Text(year) },
            "/console/annual-reports");
        Assert.Equal(302, (int)started.Status);
        return Guid.Parse(started.Location!.Split('?')[0].Split('/')[^1]);
    }

    /// <summary>A form that agrees in every sum: one request, answered.</summary>
    internal Task<Dictionary<string, string>> Form(Guid report, params (string Name, string Value)[] changes) => Read(async db =>
    {
        var row = await db.AnnualReports.AsNoTracking().SingleAsync(one => one.Id == report);
        Dictionary<string, string> form = new() { ["Version"] = Text(row.Version), ["Act"] = "save" };
        foreach (var place in ReportForms.Shipped.Version(row.FormVersion).Places.Where(place => !place.IsDerived))
        {
            form[$"Cells[{place.Key}]"] = ReportChecks.Show(row.Cells[place.Key].Value ?? 0);
        }

        form["Sections[1]"] = "总体情况良好。\n\n- 主动公开";
        form["Sections[5]"] = "存在的问题及改进。";
        form["Sections[6]"] = "无。";
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return form;
    });

    internal async Task<Answer> Save(string site, Guid report, params (string Name, string Value)[] changes)
    {
        var officer = await Officer(site);
        return await officer.Post($"/console/annual-reports/{report}", await Form(report, changes), $"/console/annual-reports/{report}");
    }

    internal async Task<Answer> Submit(string site, Guid report)
    {
        var officer = await Officer(site);
        var version = (await Find(report)).Version;
        return await officer.Post(
            $"/console/annual-reports/{report}/submissions", new() { ["Version"] = Text(version) }, $"/console/annual-reports/{report}");
    }

    internal Task<AnnualReport> Find(Guid report) =>
        Read(db => db.AnnualReports.AsNoTracking().SingleAsync(row => row.Id == report));

    /// <summary>The newest edition of a report's document.</summary>
    internal async Task<Edition> EditionOf(Guid report)
    {
        var document = (await Find(report)).DocumentId;
        return await Use<PublishingDbContext, Edition>(db =>
            db.Editions.AsNoTracking().Where(row => row.DocumentId == document).OrderByDescending(row => row.Number).FirstAsync());
    }

    /// <summary>Three people approve it, it goes live, and the fact is delivered.</summary>
    internal async Task Release(Guid report)
    {
        var id = (await EditionOf(report)).Id;
        await Use<IServiceProvider>(async services => await ThreeReviews.Release(
            services, await services.GetRequiredService<PublishingDbContext>().Editions.SingleAsync(row => row.Id == id)));
        await DrainOutbox();
    }

    /// <summary>Sends it back, as a reviewer does.</summary>
    internal async Task SendBack(Guid report)
    {
        var id = (await EditionOf(report)).Id;
        await Use<PublishingDbContext>(async db =>
        {
            (await db.Editions.SingleAsync(row => row.Id == id)).State = EditionState.Returned;
            await db.SaveChangesAsync();
        });
    }

    internal static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
