using System.Text.RegularExpressions;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Interviews.ManageInterview;

/// <summary>Plans an interview on the site that one works on, or changes one of which nothing is public.</summary>
public sealed partial record ManageInterview : IRequest<Outcome<Guid>>, IRequirePermission
{
    public const int MostGuests = 6;

    /// <inheritdoc />
    public static Permission Permission => Permission.ManageInterviews;

    /// <summary>Null: a new one.</summary>
    public Guid? Id { get; init; }

    public int Version { get; init; }

    /// <summary>Names it in addresses; only for a new one.</summary>
    public string Key { get; init; } = "";

    public string Topic { get; init; } = "";

    public string Summary { get; init; } = "";

    /// <summary>Rows of the form; the empty ones do not count.</summary>
    public IReadOnlyList<InterviewGuest> Guests { get; init; } = [];

    public string Host { get; init; } = "";

    public string Place { get; init; } = "";

    public string Picture { get; init; } = "";

    public string PictureAlt { get; init; } = "";

    public string Day { get; init; } = "";

    public string Time { get; init; } = "";

    public int Minutes { get; init; } = 60;

    public string NoticeReason { get; init; } = "";

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking)]
    internal static partial Regex KeyForm();

    // Pictures are the site's own media: nothing is loaded from elsewhere.
    [GeneratedRegex("^/media/[0-9a-f]{32}/[^/?#\"<>]{1,200}$", RegexOptions.NonBacktracking)]
    internal static partial Regex PictureForm();
}

internal sealed class ManageInterviewValidator : AbstractValidator<ManageInterview>
{
    public ManageInterviewValidator(IStringLocalizer<InterviewDeskText> text, TimeProvider clock)
    {
        RuleFor(form => form.Key)
            .Must(key => key.Length is >= 2 and <= 60 && key is not ("questions" or "new") && ManageInterview.KeyForm().IsMatch(key))
            .When(form => form.Id is null).WithMessage(_ => text["Fault.Key"]);
        RuleFor(form => form.Topic).Must(topic => IsLine(topic, 4, 80)).WithMessage(_ => text["Fault.Topic"]);
        RuleFor(form => form.Summary)
            .Must(words => PublicText.Paragraphs(words) is { Length: >= 10 and <= 1000 }).WithMessage(_ => text["Fault.Summary"]);
        RuleFor(form => form.Guests)
            .Must(guests => guests.Any(IsFilled)).WithMessage(_ => text["Fault.Guests"])
            .Must(guests => guests.Where(IsFilled).All(guest =>
                IsLine(guest.Name, 1, 30) && IsLine(guest.Position, 0, 60) && IsLine(guest.Unit, 0, 60) && IsPicture(guest.Picture)))
            .WithMessage(_ => text["Fault.Guest"]);
        RuleFor(form => form.Host).Must(host => IsLine(host, 1, 30)).WithMessage(_ => text["Fault.Host"]);
        RuleFor(form => form.Place).Must(place => IsLine(place, 0, 100)).WithMessage(_ => text["Fault.Place"]);
        RuleFor(form => form.Picture).Must(IsPicture).WithMessage(_ => text["Fault.Picture"]);
        RuleFor(form => form.PictureAlt).Must(alt => IsLine(alt, 2, 200)).When(form => form.Picture.Trim().Length > 0)
            .WithMessage(_ => text["Fault.PictureAlt"]);
        RuleFor(form => form.Day).Cascade(CascadeMode.Stop)
            .Must((form, day) => InterviewTimes.Read(day, form.Time) is not null).WithMessage(_ => text["Fault.Start"])
            .Must((form, day) => InterviewTimes.Read(day, form.Time) > clock.GetUtcNow()).WithMessage(_ => text["Fault.StartPast"]);
        RuleFor(form => form.Minutes).InclusiveBetween(10, 480).WithMessage(_ => text["Fault.Minutes"]);
        RuleFor(form => form.NoticeReason).Must(reason => PublicText.Paragraphs(reason).Length <= 500).WithMessage(_ => text["Fault.NoticeReason"]);
    }

    public static bool IsFilled(InterviewGuest guest) => (guest.Name + guest.Position + guest.Unit + guest.Picture).Trim().Length > 0;

    private static bool IsPicture(string address) => address.Trim() is var path && (path.Length == 0 || ManageInterview.PictureForm().IsMatch(path));

    private static bool IsLine(string text, int least, int most) =>
        PublicText.Line(text) is var line && line.Length >= least && line.Length <= most;
}

internal sealed class ManageInterviewHandler(
    InteractionDbContext db, InterviewScope scope, InterviewWriter writer, ICurrentSite currentSite,
    IStringLocalizer<InterviewDeskText> text, TimeProvider clock) : IRequestHandler<ManageInterview, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(ManageInterview request, CancellationToken cancellationToken)
    {
        var person = scope.Person();
        if (!person.Succeeded)
        {
            return person.Failure;
        }

        var saved = request.Id is { } id
            ? await ChangeAsync(id, request, cancellationToken)
            : await PlanAsync(request, person.Value, cancellationToken);
        if (!saved.Succeeded)
        {
            return saved.Failure;
        }

        var lost = await db.TrySaveAsync(
            cancellationToken,
            exception => exception.Breaks(InterviewConfiguration.OneKey) ? Failure.Invalid(nameof(request.Key), text["Fault.KeyTaken"])
                : exception.Breaks(InterviewEventConfiguration.OneSequence) ? Stale() : null);
        return lost is null ? saved.Value : lost.Errors.Count == 0 ? Stale() : lost;
    }

    private Task<Outcome<Guid>> PlanAsync(ManageInterview request, Actor actor, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (currentSite.Site is not { } site || !actor.Can(Permission.ManageInterviews, site))
        {
            return Task.FromResult<Outcome<Guid>>(Failure.Forbidden);
        }

        var interview = new Interview { Id = Guid.CreateVersion7(clock.GetUtcNow()), SiteId = site.Id, Key = request.Key, Topic = "" };
        Fill(interview, request);
        interview.Version = 1;
        writer.Open(interview, actor);
        return Task.FromResult<Outcome<Guid>>(interview.Id);
    }

    private async Task<Outcome<Guid>> ChangeAsync(Guid id, ManageInterview request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(id, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var found = (await writer.FindAsync(id, cancellationToken))!;
        if (found.Interview.Version != request.Version)
        {
            return Stale();
        }

        Fill(found.Interview, request);
        var taken = await writer.TakeAsync(
            found, new InterviewInput { Trigger = InterviewTrigger.Edit }, InterviewParty.Editor, reached.Value.Actor, cancellationToken);
        return taken.Succeeded ? id : taken.Failure;
    }

    private static void Fill(Interview interview, ManageInterview form)
    {
        interview.Topic = PublicText.Line(form.Topic);
        interview.Summary = PublicText.Paragraphs(form.Summary);
        interview.Guests =
        [
            .. form.Guests.Where(ManageInterviewValidator.IsFilled).Select(guest => new InterviewGuest
            {
                Name = PublicText.Line(guest.Name),
                Position = PublicText.Line(guest.Position),
                Unit = PublicText.Line(guest.Unit),
                Picture = guest.Picture.Trim(),
            }),
        ];
        interview.Host = PublicText.Line(form.Host);
        interview.Place = PublicText.Line(form.Place);
        interview.Picture = form.Picture.Trim();
        interview.PictureAlt = PublicText.Line(form.PictureAlt);
        interview.StartsAt = InterviewTimes.Read(form.Day, form.Time)!.Value;
        interview.Minutes = form.Minutes;
        interview.NoticeReason = PublicText.Paragraphs(form.NoticeReason);
        InterviewGrams.Set(interview);
    }

    private Failure Stale() => new(FailureKind.Conflict, [new FieldError("", text["Stale"])]);
}
