using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Host.Contracts;
using Portal.Interaction.Letters.Copies;
using Portal.Interaction.Letters.Templates;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Commands;
using Portal.Shared.Messaging;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters.Demo;

/// <summary>
/// Mailboxes, and letters of invented people in different states. They take the same steps as any other, on the days on
/// which the data file says that they were taken.
/// </summary>
internal sealed class DemoLetters(
    InteractionDbContext db, ISites sites, ICalendars calendars, ISender sender, IServiceProvider services, TimeProvider clock) : IDemoSeed
{
    private const LetterParty Staff = LetterParty.Office | LetterParty.Unit | LetterParty.Helper | LetterParty.Head;

    public int Order => 310;

    public async Task SeedAsync(Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        await calendars.EnsureLoadedAsync(cancellationToken);
        await using var file = File.OpenRead(Path.Combine(demo.Folder, "letters.json"));
        var planned = (await JsonSerializer.DeserializeAsync<Plan>(file, MessageJson.Options, cancellationToken))!;
        var opened = await OpenAsync(planned.Mailboxes, cancellationToken);
        var names = planned.Letters.SelectMany(letter => letter.Steps).Select(step => step.By).Append(planned.Clerk)
            .Concat(planned.Templates.Select(template => template.By))
            .Where(name => name.Length > 0).Distinct().ToList();
        var people = (await sender.Send(new FindStaff(names), cancellationToken))
            .ToDictionary(person => person.UserName, person => new Actor(person.Id, person.Name, person.Unit, []));
        await AddAsync(planned.Templates, people, cancellationToken);
        var added = 0;
        foreach (var letter in planned.Letters)
        {
            // From the key alone, so that seeding twice finds what is there.
            var formId = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("demo " + letter.Key)).AsSpan(0, 16));
            if (sites.ByKey(letter.Site) is { } site && !await db.Letters.AnyAsync(row => row.FormId == formId, cancellationToken))
            {
                await AddAsync(letter, formId, site, people, people[planned.Clerk], cancellationToken);
                added++;
            }
        }

        demo.Report($"Interaction: {opened} mailboxes, {added} letters");
    }

    private async Task<int> OpenAsync(IReadOnlyList<PlannedMailbox> mailboxes, CancellationToken cancellationToken)
    {
        foreach (var (mailbox, position) in mailboxes.Select((mailbox, position) => (mailbox, position)))
        {
            if (sites.ByKey(mailbox.Site) is not { } site
                || await db.Mailboxes.AnyAsync(row => row.SiteId == site.Id && row.Key == mailbox.Key, cancellationToken))
            {
                continue;
            }

            db.Mailboxes.Add(new Mailbox
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()),
                SiteId = site.Id,
                Key = mailbox.Key,
                Name = mailbox.Name,
                Holder = mailbox.Holder,
                Introduction = mailbox.Introduction,
                Keeper = mailbox.Keeper,
                Position = position,
            });
        }

        return await db.SaveChangesAsync(cancellationToken);
    }

    private async Task AddAsync(
        IReadOnlyList<PlannedTemplate> templates, Dictionary<string, Actor> people, CancellationToken cancellationToken)
    {
        foreach (var planned in templates)
        {
            if (sites.ByKey(planned.Site) is not { } site
                || await db.ReplyTemplates.AnyAsync(row => row.SiteId == site.Id && row.Name == planned.Name, cancellationToken))
            {
                continue;
            }

            var now = clock.GetUtcNow();
            var template = new ReplyTemplate
            {
                Id = Guid.CreateVersion7(now),
                SiteId = site.Id,
                Name = planned.Name,
                Text = planned.Text,
                Version = 1,
                ChangedAt = now,
            };
            db.ReplyTemplates.Add(template);
            db.ReplyTemplateVersions.Add(new ReplyTemplateVersion
            {
                Id = Guid.CreateVersion7(now),
                TemplateId = template.Id,
                Number = 1,
                Name = template.Name,
                Text = template.Text,
                At = now,
                ActorId = people[planned.By].Id,
                ActorName = people[planned.By].Name,
            });
        }

        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private async Task AddAsync(
        PlannedLetter planned, Guid formId, SiteInfo site, Dictionary<string, Actor> people, Actor clerk, CancellationToken cancellationToken)
    {
        var calendar = calendars.For(site);
        var then = new DemoClock(DemoClock.Morning(calendar, clock.GetUtcNow(), planned.Ago, 0));
        var papers = ActivatorUtilities.CreateInstance<LetterPapers>(services, then);
        var writer = ActivatorUtilities.CreateInstance<LetterWriter>(services, papers, then);
        var intake = ActivatorUtilities.CreateInstance<LetterIntake>(services, papers, writer, then);
        var mailbox = await db.Mailboxes.AsNoTracking().SingleAsync(row => row.SiteId == site.Id && row.Key == planned.Mailbox, cancellationToken);
        var receipt = await intake.TakeAsync(
            new LetterFields
            {
                Kind = planned.Kind,
                Name = planned.Name,
                Phone = planned.Phone,
                Title = planned.Title,
                Text = planned.Text,
                MayPublish = planned.MayPublish,
            },
            new IssuedForm(formId, RandomNumberGenerator.GetBytes(SecretCode.SeedBytes), then.GetUtcNow()), [], mailbox, planned.Channel,
            BeijingTime.Date(then.GetUtcNow()), null, planned.Channel == LetterChannel.Online ? null : clerk, cancellationToken);
        db.ChangeTracker.Clear();
        foreach (var (step, index) in planned.Steps.Select((step, index) => (step, index)))
        {
            if (step.Trigger is LetterTrigger.ProposeCopy or LetterTrigger.ReleaseCopy)
            {
                then.Now = DemoClock.Morning(calendar, clock.GetUtcNow(), step.Ago, index + 1);
                await PublishAsync(step, ActivatorUtilities.CreateInstance<CopyDesk>(services, writer, then), writer, receipt.Id, people[step.By], cancellationToken);
                continue;
            }

            then.Now = DemoClock.Morning(calendar, clock.GetUtcNow(), step.Ago, index + 1);
            var found = (await writer.FindAsync(receipt.Id, cancellationToken))!;
            var actor = step.By.Length > 0 ? people[step.By] : null;
            var taken = await writer.TakeAsync(
                found,
                new LetterInput
                {
                    Trigger = step.Trigger,
                    Note = step.Note,
                    Text = step.Text,
                    Days = step.Days,
                    Reason = step.Reason,
                    LeadSiteId = step.Unit.Length > 0 ? sites.ByKey(step.Unit)?.Id : null,
                    HelperSiteIds = [.. step.Helpers.Select(key => sites.ByKey(key)).OfType<SiteInfo>().Select(unit => unit.Id)],
                    Outcome = step.Outcome,
                    Rating = step.Rating,
                    Into = step.Into.Length > 0 ? await NumberOfAsync(step.Into, cancellationToken) : "",
                },
                actor is null ? LetterParty.Writer : Staff, actor, cancellationToken);
            if (!taken.Succeeded)
            {
                throw new InvalidOperationException(
                    $"{planned.Key}, {step.Trigger}: {string.Join(' ', taken.Failure.Errors.Select(error => error.Message))}");
            }

            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
    }

    private async Task PublishAsync(
        PlannedStep step, CopyDesk desk, LetterWriter writer, Guid letterId, Actor actor, CancellationToken cancellationToken)
    {
        var found = (await writer.FindAsync(letterId, cancellationToken))!;
        if (step.Trigger == LetterTrigger.ProposeCopy)
        {
            var raw = (await desk.RawAsync(found, cancellationToken))!.Value.Raw;
            await desk.ProposeAsync(found, ConfirmedMasks.Confirm(raw, new MaskReview { Sure = true }, actor).Masks!, cancellationToken);
        }
        else
        {
            var copy = await db.LetterCopies.AsNoTracking().Where(row => row.LetterId == letterId).OrderByDescending(row => row.Version).FirstAsync(cancellationToken);
            await desk.DecideAsync(found, copy.Id, copy.ContentHash, true, "", actor, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private Task<string> NumberOfAsync(string key, CancellationToken cancellationToken)
    {
        var formId = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("demo " + key)).AsSpan(0, 16));
        return db.Letters.Where(row => row.FormId == formId).Select(row => row.Number).SingleAsync(cancellationToken);
    }

    private sealed record Plan(
        string Clerk, IReadOnlyList<PlannedMailbox> Mailboxes, IReadOnlyList<PlannedTemplate> Templates, IReadOnlyList<PlannedLetter> Letters);

    private sealed record PlannedTemplate(string Site, string By, string Name, string Text);

    private sealed record PlannedMailbox(string Site, string Key, string Name, string Holder, string Introduction, string Keeper);

    private sealed record PlannedLetter
    {
        public required string Key { get; init; }

        public required string Site { get; init; }

        public required string Mailbox { get; init; }

        public int Ago { get; init; }

        public LetterChannel Channel { get; init; }

        public LetterKind Kind { get; init; }

        public required string Name { get; init; }

        public string Phone { get; init; } = "";

        public required string Title { get; init; }

        public required string Text { get; init; }

        public bool MayPublish { get; init; }

        public IReadOnlyList<PlannedStep> Steps { get; init; } = [];
    }

    private sealed record PlannedStep
    {
        public LetterTrigger Trigger { get; init; }

        public int Ago { get; init; }

        /// <summary>Who; empty for the writer.</summary>
        public string By { get; init; } = "";

        public string Note { get; init; } = "";

        public string Text { get; init; } = "";

        public int Days { get; init; }

        public DeclineReason? Reason { get; init; }

        public string Unit { get; init; } = "";

        public IReadOnlyList<string> Helpers { get; init; } = [];

        public ReplyOutcome? Outcome { get; init; }

        public int Rating { get; init; }

        /// <summary>The key of the letter it is joined to.</summary>
        public string Into { get; init; } = "";
    }
}
