using System.Text.RegularExpressions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Announcements;
using Portal.Shared.Actors;
using Portal.Shared.Blobs;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Consultations.EditConsultation;

/// <summary>Begins a consultation on the site that one works on, or changes the working copy of one.</summary>
public sealed partial record EditConsultation : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageConsultations;

    /// <summary>Null: a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>The version that the form was filled in from.</summary>
    public int Version { get; init; }

    /// <summary>Names it in addresses; only for a new one.</summary>
    public string Key { get; init; } = "";

    /// <summary>All but the clauses and the files.</summary>
    public ConsultationText Text { get; init; } = new();

    /// <summary>The draft as pasted.</summary>
    public string Draft { get; init; } = "";

    public IReadOnlyList<SentFile> Files { get; init; } = [];

    /// <summary>Hashes of the files that go.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking)]
    internal static partial Regex KeyForm();

    // A page of the same site, as its address shows it.
    [GeneratedRegex("^[a-z0-9][a-z0-9/_-]{0,299}$", RegexOptions.NonBacktracking)]
    internal static partial Regex PathForm();
}

internal sealed class EditConsultationHandler(
    InteractionDbContext db, ConsultationScope scope, AnnouncementDesk desk, ISender sender, IBlobStore blobs, ICurrentActor current,
    ICurrentSite currentSite, IStringLocalizer<ConsultationDeskText> text, TimeProvider clock)
    : IRequestHandler<EditConsultation, Outcome<Guid>>
{
    private static readonly string[] Reserved = ["new", "follow"];

    public async Task<Outcome<Guid>> Handle(EditConsultation request, CancellationToken cancellationToken)
    {
        var found = request.Id is { } id ? await ChangedAsync(id, request.Version, cancellationToken) : Begun(request.Key);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (row, actor, _) = found.Value;
        var working = await FilledAsync(request, row.Working, request.Id is null && IsBad(request.Key), cancellationToken);
        if (!working.Succeeded)
        {
            return working.Failure;
        }

        row.Working = working.Value;
        if (row.Released is null)
        {
            row.Title = row.Working.Title;
            row.Kind = row.Working.Kind!.Value;
        }

        row.Version++;
        db.AddStep(row, request.Id is null ? ConsultationTrigger.Create : ConsultationTrigger.Edit, actor, clock.GetUtcNow());
        return await db.TrySaveAsync(
            cancellationToken,
            exception => exception.Breaks(ConsultationConfiguration.OneKey) ? Failure.Invalid(nameof(request.Key), text["Fault.KeyTaken"]) : null)
            is { } failure
            ? failure.Kind == FailureKind.Conflict ? Stale() : failure
            : row.Id;
    }

    private static bool IsBad(string key) =>
        key.Length is < 3 or > 60 || !EditConsultation.KeyForm().IsMatch(key) || Reserved.Contains(key);

    private async Task<Outcome<ConsultationText>> FilledAsync(
        EditConsultation request, ConsultationText before, bool badKey, CancellationToken cancellationToken)
    {
        var tooLong = !PublicText.Fits(request.Draft, ConsultationRules.MaximumClauses);
        var (clauses, next) = DraftClauses.Read(tooLong ? "" : request.Draft, before.Clauses, before.NextClause);
        var form = request.Text;
        var filled = before with
        {
            Title = PublicText.Line(form.Title),
            Kind = form.Kind,
            Background = PublicText.Paragraphs(form.Background),
            Explanation = PublicText.Paragraphs(form.Explanation),
            Clauses = clauses,
            NextClause = next,
            From = form.From,
            To = form.To,
            ShortReason = PublicText.Line(form.ShortReason),
            Post = PublicText.Line(form.Post),
            Email = PublicText.Line(form.Email),
            Phone = PublicText.Line(form.Phone),
            Interpretation = PublicText.Line(form.Interpretation).TrimStart('/'),
            Unit = PublicText.Line(form.Unit),
            Contact = PublicText.Line(form.Contact),
        };
        // All at once, in the order of the fields.
        List<FieldError> errors = [];
        if (badKey)
        {
            errors.Add(new FieldError(nameof(request.Key), text["Fault.Key"]));
        }

        errors.AddRange(ConsultationRules.Faults(filled).Select(fault => new FieldError(FieldOf(fault.Field), text[fault.Key])));
        if (tooLong)
        {
            errors.Add(new FieldError(nameof(request.Draft), text["Fault.DraftLong", ConsultationRules.MaximumClauses]));
        }

        if (filled.Interpretation.Length > 0 && !EditConsultation.PathForm().IsMatch(filled.Interpretation))
        {
            errors.Add(new FieldError(nameof(filled.Interpretation), text["Fault.Interpretation"]));
        }

        var files = filled.Files.Where(file => !request.Dropped.Contains(file.BlobHash)).ToList();
        if (files.Count + request.Files.Count > 5)
        {
            errors.Add(new FieldError(nameof(request.Files), text["Fault.Files"]));
        }

        if (errors.Count > 0)
        {
            return new Failure(FailureKind.Invalid, errors);
        }

        var attached = await sender.InspectAsync(request.Files, nameof(request.Files), cancellationToken);
        if (!attached.Succeeded)
        {
            return attached.Failure;
        }

        foreach (var file in attached.Value)
        {
            using var content = new MemoryStream(file.Content, writable: false);
            files.Add(new ConsultationFile(file.Name, file.MediaType, await blobs.PutAsync(content, cancellationToken), file.Content.Length));
        }

        return filled with { Files = files };
    }

    private static string FieldOf(string field) => field == nameof(ConsultationText.Clauses) ? nameof(EditConsultation.Draft) : field;

    private Outcome<ReachedConsultation> Begun(string key)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site)
        {
            return Failure.NotFound;
        }

        if (!actor.Can(Permission.ManageConsultations, site))
        {
            return Failure.Forbidden;
        }

        var now = clock.GetUtcNow();
        var row = new Consultation
        {
            Id = Guid.CreateVersion7(now),
            SiteId = site.Id,
            Key = key,
            Title = "",
            Working = new ConsultationText(),
            CreatedById = actor.Id,
            CreatedAt = now,
        };
        db.Consultations.Add(row);
        return new ReachedConsultation(row, actor, site);
    }

    private async Task<Outcome<ReachedConsultation>> ChangedAsync(Guid id, int version, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(id, cancellationToken);
        if (!found.Succeeded)
        {
            return found;
        }

        var row = found.Value.Row;
        if (!ConsultationFlow.Allows(row.State, ConsultationTrigger.Edit, ConsultationParty.Editor))
        {
            return Conflict("Rule.State");
        }

        var standing = await desk.StandingAsync(AnnouncementKind.ConsultationNotice, row.Id, cancellationToken);
        return ConsultationRules.Hindrance(row, ConsultationTrigger.Edit, standing, new ReportReadiness(0, 0, 0), clock.Today()) is { } hindrance
            ? Conflict(hindrance)
            : row.Version != version ? Stale() : found;
    }

    private Failure Stale() => Conflict("Rule.Stale");

    private Failure Conflict(string key) => new(FailureKind.Conflict, [new FieldError("", text[key])]);
}
