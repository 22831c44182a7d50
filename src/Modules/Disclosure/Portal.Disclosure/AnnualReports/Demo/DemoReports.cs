using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.AnnualReports.StartReport;
using Portal.Host.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Commands;
using Portal.Shared.Messaging;
using Portal.Shared.Sites;

namespace Portal.Disclosure.AnnualReports.Demo;

/// <summary>
/// Annual reports of invented organisations: some are submitted to the three reviews like any other, others are in the making.
/// </summary>
internal sealed class DemoReports(
    DisclosureDbContext db, ReportStarter starter, ReportDispatch dispatch, ReportReader reader, ISites sites, ISender sender)
    : IDemoSeed
{
    public int Order => 310;

    public async Task SeedAsync(Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        await sites.EnsureLoadedAsync(cancellationToken);
        await using var file = File.OpenRead(Path.Combine(demo.Folder, "annual-reports.json"));
        var planned = (await JsonSerializer.DeserializeAsync<List<Planned>>(file, MessageJson.Options, cancellationToken))!;
        var people = (await sender.Send(new FindStaff([.. planned.Select(report => report.By).Distinct()]), cancellationToken))
            .ToDictionary(person => person.UserName);
        var added = 0;
        foreach (var report in planned)
        {
            if (sites.ByKey(report.Site) is { } site && people.GetValueOrDefault(report.By) is { } person
                && !await db.AnnualReports.AnyAsync(row => row.SiteId == site.Id && row.Year == report.Year, cancellationToken))
            {
                await AddAsync(report, site, new Actor(person.Id, person.Name, person.Unit, []), cancellationToken);
                added++;
            }
        }

        demo.Report($"Disclosure: {added} annual reports");
    }

    private async Task AddAsync(Planned planned, SiteInfo site, Actor actor, CancellationToken cancellationToken)
    {
        var form = ReportForms.Shipped.Of(planned.Year)!;
        var report = await starter.NewAsync(form, site, actor.Name, planned.Year, planned.At, cancellationToken);
        report.Cells = Typed(report, form, planned);
        report.Sections = planned.Sections;
        db.AnnualReports.Add(report);
        await db.SaveChangesAsync(cancellationToken);
        if (!planned.Submit)
        {
            return;
        }

        var failures = reader.Failures(form, report.Cells, report.Sections, null);
        if (failures.Count > 0 || await reader.ChannelAsync(site.Id, cancellationToken) is not { } channel)
        {
            throw new InvalidOperationException(
                $"The demo's report of {planned.Site}: {string.Join(' ', failures.Select(failure => failure.Message))}");
        }

        var submission = dispatch.Keep(report, ReportDispatch.ContentOf(report), 1, actor, planned.At);
        await db.SaveChangesAsync(cancellationToken);
        if (await dispatch.SendAsync(report, submission, channel, cancellationToken) is { Count: > 0 } faults)
        {
            throw new InvalidOperationException($"The demo's report of {planned.Site}: {string.Join(' ', faults)}");
        }
    }

    // What lay with the organisation before the platform did is not in its records: the number stands with its reason.
    private static SortedDictionary<string, ReportCell> Typed(AnnualReport report, ReportForm form, Planned planned)
    {
        SortedDictionary<string, ReportCell> cells = new(StringComparer.Ordinal);
        foreach (var place in form.Places.Where(place => !place.IsDerived))
        {
            var cell = report.Cells[place.Key];
            var row = planned.Cells.GetValueOrDefault($"{place.Table.Code}-{place.Row.Code}");
            var index = place.Block.Columns.ToList().FindIndex(column => column.Code == place.Column.Code);
            if (row is not null && index < row.Count)
            {
                cell = cell with { Value = row[index] };
            }

            cells[place.Key] = cell.IsOverridden ? cell with { Reason = planned.Reason } : cell;
        }

        return cells;
    }

    private sealed record Planned
    {
        public required string Site { get; init; }

        public required string By { get; init; }

        public int Year { get; init; }

        public DateTimeOffset At { get; init; }

        public bool Submit { get; init; }

        public string Reason { get; init; } = "";

        public Dictionary<string, List<decimal>> Cells { get; init; } = [];

        public SortedDictionary<string, string> Sections { get; init; } = new(StringComparer.Ordinal);
    }
}
