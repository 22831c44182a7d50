using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Host.Contracts;
using Portal.Interaction.Announcements;
using Portal.Shared.Actors;
using Portal.Shared.Commands;
using Portal.Shared.Messaging;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.Consultations.Demo;

/// <summary>
/// Consultations in different states with opinions of invented people. What is public of them goes to the reviews like any
/// other announcement, and is released with what other modules composed.
/// </summary>
internal sealed class DemoConsultations(
    InteractionDbContext db, ISites sites, ISender sender, IServiceProvider services, TimeProvider clock) : IDemoSeed
{
    public int Order => 315;

    public async Task SeedAsync(Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(demo.Folder, "consultations.json"));
        var planned = (await JsonSerializer.DeserializeAsync<List<Planned>>(file, MessageJson.Options, cancellationToken))!;
        var people = (await sender.Send(new FindStaff([.. planned.Select(one => one.By).Distinct()]), cancellationToken))
            .ToDictionary(person => person.UserName, person => new Actor(person.Id, person.Name, person.Unit, []));
        var added = 0;
        foreach (var one in planned)
        {
            if (sites.ByKey(one.Site) is { } site
                && !await db.Consultations.AnyAsync(row => row.SiteId == site.Id && row.Key == one.Key, cancellationToken))
            {
                await AddAsync(one, site, people[one.By], cancellationToken);
                db.ChangeTracker.Clear();
                added++;
            }
        }

        demo.Report($"Interaction: {added} consultations");
    }

    private async Task AddAsync(Planned planned, SiteInfo site, Actor actor, CancellationToken cancellationToken)
    {
        var today = BeijingTime.Date(clock.GetUtcNow());
        var then = new DemoClock(At(planned.ReleasedAgo, 8));
        var text = TextOf(planned, today);
        var row = RowOf(planned, site, actor, text, today, then.Now);
        db.Consultations.Add(row);
        db.AddStep(row, ConsultationTrigger.Create, actor, then.Now);
        await db.SaveChangesAsync(cancellationToken);
        var desk = ActivatorUtilities.CreateInstance<AnnouncementDesk>(services, then);
        var announcements = ActivatorUtilities.CreateInstance<ConsultationAnnouncements>(services, desk, then);
        if (planned.State != ConsultationState.Draft)
        {
            var change = planned.State == ConsultationState.Cancelled ? ConsultationChange.Cancellation
                : planned.FirstTo is null ? ConsultationChange.Notice : ConsultationChange.Extension;
            await SubmitAsync(announcements, row, change, null, actor, cancellationToken);
        }

        await OpinionsAsync(planned, row, actor, then, cancellationToken);
        if (planned.State == ConsultationState.Reported)
        {
            then.Now = At(planned.ReportedAgo, 8);
            var reports = services.GetRequiredService<ReportBuilder>();
            row.Report = await reports.BuildAsync(row, cancellationToken);
            await SubmitAsync(announcements, row, ConsultationChange.Report, row.Report, actor, cancellationToken);
        }
    }

    private static async Task SubmitAsync(
        ConsultationAnnouncements announcements, Consultation row, ConsultationChange change, ConsultationReport? report, Actor actor,
        CancellationToken cancellationToken)
    {
        var submitted = await announcements.SubmitAsync(row, change, row.Working, report, false, actor, cancellationToken);
        if (!submitted.Succeeded)
        {
            throw new InvalidOperationException(
                $"{row.Key}, {change}: {string.Join(' ', submitted.Failure.Errors.Select(error => error.Message))}");
        }
    }

    private static Consultation RowOf(Planned planned, SiteInfo site, Actor actor, ConsultationText text, DateOnly today, DateTimeOffset at)
    {
        var released = planned.State is not (ConsultationState.Draft or ConsultationState.UnderReview);
        return new Consultation
        {
            Id = Guid.CreateVersion7(at),
            SiteId = site.Id,
            Key = planned.Key,
            State = planned.State,
            Title = planned.Title,
            Kind = planned.Kind,
            Working = text,
            Released = released ? text : null,
            OpensOn = released ? text.From : null,
            ClosesOn = released ? text.To : null,
            FirstClosesOn = planned.FirstTo is { } first ? today.AddDays(first) : null,
            ReportDueOn = released ? ConsultationLimits.ReportDue(planned.Kind, text.To!.Value) : null,
            ReleasedAt = released ? BeijingTime.StartOf(text.From!.Value.AddDays(-1)).AddHours(10) : null,
            ReportWords = planned.Words,
            ReportedOn = planned.State == ConsultationState.Reported ? today.AddDays(-planned.ReportedAgo) : null,
            CancelledOn = planned.State == ConsultationState.Cancelled ? today.AddDays(-planned.ReleasedAgo) : null,
            CreatedById = actor.Id,
            CreatedAt = at,
        };
    }

    private static ConsultationText TextOf(Planned planned, DateOnly today)
    {
        var (clauses, next) = DraftClauses.Read(planned.Draft, [], 1);
        return new ConsultationText
        {
            Title = planned.Title,
            Kind = planned.Kind,
            Background = planned.Background,
            Explanation = planned.Explanation,
            Clauses = clauses,
            NextClause = next,
            From = today.AddDays(planned.From),
            To = today.AddDays(planned.To),
            ShortReason = planned.ShortReason,
            Post = planned.Post,
            Email = planned.Email,
            Phone = planned.Phone,
            Unit = planned.Unit,
            Contact = planned.Contact,
            ExtensionReason = planned.ExtensionReason,
            CancelReason = planned.CancelReason,
        };
    }

    private async Task OpinionsAsync(Planned planned, Consultation row, Actor actor, DemoClock then, CancellationToken cancellationToken)
    {
        List<OpinionCluster> clusters =
        [
            .. planned.Clusters.Select(cluster => new OpinionCluster
            {
                Id = Guid.CreateVersion7(then.Now),
                ConsultationId = row.Id,
                Name = cluster.Name,
                Disposition = cluster.Disposition,
                Reason = cluster.Disposition is null ? null : cluster.Reason,
            }),
        ];
        db.OpinionClusters.AddRange(clusters);
        var papers = ActivatorUtilities.CreateInstance<OpinionPapers>(services, then);
        var intake = ActivatorUtilities.CreateInstance<OpinionIntake>(services, papers, then);
        foreach (var (one, index) in planned.Opinions.Select((one, index) => (one, index)))
        {
            then.Now = At(one.Ago, 10).AddMinutes(7 * index);
            then.Now = then.Now < clock.GetUtcNow() ? then.Now : clock.GetUtcNow();
            var formId = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"demo {planned.Key} {index}")).AsSpan(0, 16));
            var receipt = await intake.TakeAsync(
                new OpinionFields
                {
                    Clause = row.Released!.Clauses.FirstOrDefault(clause => clause.Number == one.Clause)?.Id ?? "",
                    Stance = one.Stance,
                    Text = one.Text,
                    Name = one.Name,
                    Unit = one.Unit,
                    Phone = one.Phone,
                    MayDisplay = one.MayDisplay,
                },
                new IssuedForm(formId, RandomNumberGenerator.GetBytes(SecretCode.SeedBytes), then.Now), [], row,
                new OpinionArrival(
                    one.Channel, BeijingTime.Date(then.Now), null, one.Paper.Length > 0 ? one.Paper : null,
                    one.Channel == OpinionChannel.Online ? null : actor),
                cancellationToken);
            await DecideAsync(one, row, receipt.Id, clusters, actor, then, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task DecideAsync(
        PlannedOpinion planned, Consultation row, Guid id, List<OpinionCluster> clusters, Actor actor, DemoClock then,
        CancellationToken cancellationToken)
    {
        if (planned.State == OpinionState.Waiting)
        {
            return;
        }

        var opinion = await db.Opinions.SingleAsync(one => one.Id == id, cancellationToken);
        var written = new WrittenOpinion { Name = planned.Name, Phone = planned.Phone, Text = planned.Text };
        var shown = planned.State == OpinionState.Displayed ? MaskedCopy.Of(written, MaskedCopy.Propose(written)) : null;
        opinion.State = planned.State;
        opinion.StateReason = planned.Reason.Length > 0 ? planned.Reason : null;
        opinion.DisplayText = shown?.Text;
        opinion.DisplayedAt = shown is null ? null : then.Now.AddHours(2);
        opinion.Theme = planned.Theme;
        opinion.ClusterId = planned.Cluster is { } cluster ? clusters[cluster].Id : null;
        opinion.Disposition = planned.Disposition;
        opinion.DispositionReason = planned.Disposition is null ? null : planned.Why;
        opinion.Version++;
        db.AddStep(row, ConsultationTrigger.Moderate, actor, then.Now.AddHours(2), planned.Reason, opinion, ("act", ActOf(planned.State)));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static string ActOf(OpinionState state) => state switch
    {
        OpinionState.Displayed => "Display",
        OpinionState.Kept => "Keep",
        _ => "Exclude",
    };

    // In the morning of a day so long ago.
    private DateTimeOffset At(int ago, int hour)
    {
        var at = BeijingTime.StartOf(BeijingTime.Date(clock.GetUtcNow()).AddDays(-ago)).AddHours(hour);
        return at < clock.GetUtcNow() ? at : clock.GetUtcNow();
    }

    private sealed record Planned
    {
        public required string Site { get; init; }

        public required string Key { get; init; }

        public required string By { get; init; }

        public ConsultationState State { get; init; }

        public ConsultationKind Kind { get; init; }

        public required string Title { get; init; }

        public string Background { get; init; } = "";

        public string Explanation { get; init; } = "";

        public string Draft { get; init; } = "";

        /// <summary>First and last day, counted from today.</summary>
        public int From { get; init; }

        public int To { get; init; }

        /// <summary>The last day before the extension.</summary>
        public int? FirstTo { get; init; }

        /// <summary>Days since what is public was released.</summary>
        public int ReleasedAgo { get; init; }

        public int ReportedAgo { get; init; }

        public string ShortReason { get; init; } = "";

        public string ExtensionReason { get; init; } = "";

        public string CancelReason { get; init; } = "";

        public string Post { get; init; } = "";

        public string Email { get; init; } = "";

        public string Phone { get; init; } = "";

        public string Unit { get; init; } = "";

        public string Contact { get; init; } = "";

        public string Words { get; init; } = "";

        public IReadOnlyList<PlannedCluster> Clusters { get; init; } = [];

        public IReadOnlyList<PlannedOpinion> Opinions { get; init; } = [];
    }

    private sealed record PlannedCluster(string Name, Disposition? Disposition, string Reason);

    private sealed record PlannedOpinion
    {
        public int Ago { get; init; }

        public string? Clause { get; init; }

        public OpinionStance Stance { get; init; }

        public OpinionChannel Channel { get; init; }

        public string Paper { get; init; } = "";

        public required string Text { get; init; }

        public string Name { get; init; } = "";

        public string Unit { get; init; } = "";

        public string Phone { get; init; } = "";

        public bool MayDisplay { get; init; }

        public OpinionState State { get; init; }

        public string Reason { get; init; } = "";

        public string Theme { get; init; } = "";

        /// <summary>Which of the groups.</summary>
        public int? Cluster { get; init; }

        public Disposition? Disposition { get; init; }

        public string Why { get; init; } = "";
    }
}
