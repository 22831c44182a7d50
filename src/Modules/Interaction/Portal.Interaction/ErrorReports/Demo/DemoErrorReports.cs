using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Host.Contracts;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Commands;
using Portal.Shared.Messaging;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;

namespace Portal.Interaction.ErrorReports.Demo;

/// <summary>
/// Reports of errors in every state on several sites. They take the same steps as any other, on the days on which the data
/// file says that they were taken.
/// </summary>
internal sealed class DemoErrorReports(
    InteractionDbContext db, ISites sites, ICalendars calendars, ISender sender, IServiceProvider services, TimeProvider clock) : IDemoSeed
{
    public int Order => 320;

    public async Task SeedAsync(Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        await calendars.EnsureLoadedAsync(cancellationToken);
        await using var file = File.OpenRead(Path.Combine(demo.Folder, "error-reports.json"));
        var planned = (await JsonSerializer.DeserializeAsync<IReadOnlyList<PlannedReport>>(file, MessageJson.Options, cancellationToken))!;
        var names = planned.SelectMany(report => report.Steps).Select(step => step.By).Where(name => name.Length > 0).Distinct().ToList();
        var people = (await sender.Send(new FindStaff(names), cancellationToken))
            .ToDictionary(person => person.UserName, person => new Actor(person.Id, person.Name, person.Unit, []));
        var added = 0;
        foreach (var report in planned)
        {
            // From the key alone, so that seeding twice finds what is there.
            var formId = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("demo " + report.Key)).AsSpan(0, 16));
            if (sites.ByKey(report.Site) is { } site && !await db.ErrorReports.AnyAsync(row => row.FormId == formId, cancellationToken))
            {
                await AddAsync(report, formId, site, people, cancellationToken);
                added++;
            }
        }

        demo.Report($"Interaction: {added} error reports");
    }

    private async Task AddAsync(
        PlannedReport planned, Guid formId, SiteInfo site, Dictionary<string, Actor> people, CancellationToken cancellationToken)
    {
        var calendar = calendars.For(site);
        var then = new DemoClock(DemoClock.Morning(calendar, clock.GetUtcNow(), planned.Ago, 0));
        var writer = ActivatorUtilities.CreateInstance<ErrorReportWriter>(services, then);
        var intake = ActivatorUtilities.CreateInstance<ErrorReportIntake>(services, writer, then);
        var receipt = await intake.TakeAsync(
            new ErrorReportFields
            {
                Kind = planned.Kind,
                Quote = planned.Quote,
                Problem = planned.Problem,
                Proposal = planned.Proposal,
                Phone = planned.Phone,
            },
            new IssuedForm(formId, RandomNumberGenerator.GetBytes(SecretCode.SeedBytes), then.GetUtcNow()),
            await PageAsync(site, planned.Page, cancellationToken), planned.Source, null, null, cancellationToken);
        db.ChangeTracker.Clear();
        foreach (var (step, index) in planned.Steps.Select((step, index) => (step, index)))
        {
            then.Now = DemoClock.Morning(calendar, clock.GetUtcNow(), step.Ago, index + 1);
            var found = (await writer.FindAsync(receipt.Id, cancellationToken))!;
            var actor = step.By.Length > 0 ? people[step.By] : null;
            var taken = await writer.TakeAsync(
                found,
                new ErrorInput
                {
                    Trigger = step.Trigger,
                    Note = step.Note,
                    Text = step.Text,
                    Result = step.Result,
                    UnitSiteId = step.Unit.Length > 0 ? sites.ByKey(step.Unit)?.Id : null,
                    CorrectedBy = step.Result == ErrorResult.Corrected ? found.Report.EditionId : null,
                },
                actor is null ? ErrorParty.Platform : ErrorParty.Desk | ErrorParty.Unit, actor, cancellationToken);
            if (!taken.Succeeded)
            {
                throw new InvalidOperationException(
                    $"{planned.Key}, {step.Trigger}: {string.Join(' ', taken.Failure.Errors.Select(error => error.Message))}");
            }

            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
    }

    private async Task<PageOfReport> PageAsync(SiteInfo site, string path, CancellationToken cancellationToken)
    {
        var found = await sender.Send(new FindPages([new PageAddress(site.Id, path.TrimStart('/'))]), cancellationToken);
        return found is [var page, ..]
            ? new PageOfReport(site, path, page.Title, page.DocumentId, page.EditionId)
            : new PageOfReport(site, path, "", null, null);
    }

    private sealed record PlannedReport
    {
        public required string Key { get; init; }

        public required string Site { get; init; }

        /// <summary>Address on the site, with leading slash.</summary>
        public required string Page { get; init; }

        public int Ago { get; init; }

        public ErrorSource Source { get; init; }

        public ErrorKind Kind { get; init; }

        public string Quote { get; init; } = "";

        public required string Problem { get; init; }

        public string Proposal { get; init; } = "";

        public string Phone { get; init; } = "";

        public IReadOnlyList<PlannedStep> Steps { get; init; } = [];
    }

    private sealed record PlannedStep
    {
        public ErrorTrigger Trigger { get; init; }

        public int Ago { get; init; }

        /// <summary>Who; empty for the platform.</summary>
        public string By { get; init; } = "";

        public string Note { get; init; } = "";

        public string Text { get; init; } = "";

        public ErrorResult? Result { get; init; }

        public string Unit { get; init; } = "";
    }
}
