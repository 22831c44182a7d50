using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Host.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Commands;
using Portal.Shared.Messaging;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Requests.Demo;

/// <summary>
/// Requests of invented people in different states. They take the same steps as any other, on the days on which the data
/// file says that they were taken.
/// </summary>
internal sealed class DemoRequests(
    DisclosureDbContext db, ISites sites, ICalendars calendars, ISender sender, IServiceProvider services, TimeProvider clock) : IDemoSeed
{
    public int Order => 300;

    public async Task SeedAsync(Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        await calendars.EnsureLoadedAsync(cancellationToken);
        await using var file = File.OpenRead(Path.Combine(demo.Folder, "requests.json"));
        var planned = (await JsonSerializer.DeserializeAsync<List<Planned>>(file, MessageJson.Options, cancellationToken))!;
        var names = planned.SelectMany(request => request.Steps.Select(step => step.By).Append(request.By ?? "")).Distinct().ToList();
        var people = (await sender.Send(new FindStaff(names), cancellationToken)).ToDictionary(person => person.UserName);
        var added = 0;
        foreach (var request in planned)
        {
            // From the key alone, so that seeding twice finds what is there.
            var formId = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("demo " + request.Key)).AsSpan(0, 16));
            if (sites.ByKey(request.Site) is { } site && !await db.Requests.AnyAsync(row => row.FormId == formId, cancellationToken))
            {
                await AddAsync(request, formId, site, people, cancellationToken);
                added++;
            }
        }

        demo.Report($"Disclosure: {added} requests for information");
    }

    private async Task AddAsync(
        Planned planned, Guid formId, SiteInfo site, Dictionary<string, StaffSummary> people, CancellationToken cancellationToken)
    {
        var calendar = calendars.For(site);
        var then = new DemoClock(DemoClock.Morning(calendar, clock.GetUtcNow(), planned.Ago, 0));
        var writer = ActivatorUtilities.CreateInstance<RequestWriter>(
            services, ActivatorUtilities.CreateInstance<RequestFiles>(services, then), then);
        var intake = ActivatorUtilities.CreateInstance<RequestIntake>(
            services, ActivatorUtilities.CreateInstance<RequestFiles>(services, then), writer, then);
        var receipt = await intake.TakeAsync(
            new RequestFields
            {
                ApplicantKind = planned.Kind,
                Name = planned.Name,
                Document = planned.Document,
                DocumentNumber = planned.Number,
                Contact = planned.Contact,
                Phone = planned.Phone,
                Email = planned.Email,
                Address = planned.Address,
                Title = planned.Title,
                Reference = planned.Reference,
                Description = planned.Description,
                Form = planned.Form,
                Delivery = planned.Delivery,
                Help = planned.Help,
            },
            new IssuedForm(formId, RandomNumberGenerator.GetBytes(SecretCode.SeedBytes), then.GetUtcNow()), [], site, planned.Channel,
            BeijingTime.Date(then.GetUtcNow()),
            planned.Channel == ReceiptChannel.Online ? null : ActorOf(people[planned.By ?? planned.Steps[0].By]), null, cancellationToken);
        foreach (var (step, index) in planned.Steps.Select((step, index) => (step, index)))
        {
            then.Now = DemoClock.Morning(calendar, clock.GetUtcNow(), step.Ago, index + 1);
            var found = (await writer.FindAsync(receipt.Id, cancellationToken))!;
            var taken = await writer.TakeAsync(
                found,
                new RequestInput
                {
                    Trigger = step.Trigger,
                    Note = step.Note,
                    Text = step.Text,
                    Days = step.Days,
                    Party = step.Party,
                    Outcome = step.Outcome,
                    Grounds = step.Grounds,
                    Content = step.Content,
                    Way = step.Way,
                    Proof = step.Proof,
                },
                Party.Officer | Party.Head, ActorOf(people[step.By]), cancellationToken);
            if (!taken.Succeeded)
            {
                throw new InvalidOperationException(
                    $"{planned.Key}, {step.Trigger}: {string.Join(' ', taken.Failure.Errors.Select(error => error.Message))}");
            }

            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }

        db.ChangeTracker.Clear();
    }

    private static Actor ActorOf(StaffSummary person) => new(person.Id, person.Name, person.Unit, []);

    private sealed record Planned
    {
        public required string Key { get; init; }

        public required string Site { get; init; }

        public int Ago { get; init; }

        public ReceiptChannel Channel { get; init; }

        public ApplicantKind Kind { get; init; }

        public required string Name { get; init; }

        public IdentityDocument Document { get; init; }

        public required string Number { get; init; }

        public string Contact { get; init; } = "";

        public string Phone { get; init; } = "";

        public string Email { get; init; } = "";

        public string Address { get; init; } = "";

        public required string Title { get; init; }

        public string Reference { get; init; } = "";

        public string Description { get; init; } = "";

        public WantedForm Form { get; init; }

        public DeliveryWay Delivery { get; init; }

        public string Help { get; init; } = "";

        public string? By { get; init; }

        public IReadOnlyList<PlannedStep> Steps { get; init; } = [];
    }

    private sealed record PlannedStep
    {
        public RequestTrigger Trigger { get; init; }

        public int Ago { get; init; }

        public required string By { get; init; }

        public string Note { get; init; } = "";

        public string Text { get; init; } = "";

        public int Days { get; init; }

        public string Party { get; init; } = "";

        public string Outcome { get; init; } = "";

        public string Grounds { get; init; } = "";

        public string Content { get; init; } = "";

        public DeliveryWay Way { get; init; }

        public string Proof { get; init; } = "";
    }
}
