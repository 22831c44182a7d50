using FluentValidation;
using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;

namespace Portal.Interaction.HotTopics.Signals.JudgeSignal;

/// <summary>Opens a topic for a signal, joins it to one that is open, or dismisses it with the reason.</summary>
public sealed record JudgeSignal : IRequest<Outcome<SignalState>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;

    public Guid SignalId { get; init; }

    /// <summary>The version that the person saw.</summary>
    public int Version { get; init; }

    public SignalState? Verdict { get; init; }

    /// <summary>What the register is to call a new topic.</summary>
    public string Title { get; init; } = "";

    /// <summary>The topic that it is joined to.</summary>
    public Guid? TopicId { get; init; }

    public string Reason { get; init; } = "";
}

internal sealed class JudgeSignalValidator : AbstractValidator<JudgeSignal>
{
    private const int MaximumReason = 500;

    public JudgeSignalValidator(IStringLocalizer<SignalText> text)
    {
        RuleFor(form => form.Verdict).Must(verdict => verdict is not null and not SignalState.Open).WithMessage(_ => text["Fault.Verdict"]);
        RuleFor(form => form.Title).Must(title => PublicText.Line(title) is { Length: >= 4 } line && PublicText.Fits(line, TopicRules.MaximumTitle))
            .When(form => form.Verdict == SignalState.Opened).WithMessage(_ => text["Fault.Title", TopicRules.MaximumTitle]);
        RuleFor(form => form.TopicId).NotNull().When(form => form.Verdict == SignalState.Joined).WithMessage(_ => text["Fault.Topic"]);
        RuleFor(form => form.Reason).Must(reason => PublicText.Paragraphs(reason).Length >= 4)
            .When(form => form.Verdict == SignalState.Dismissed).WithMessage(_ => text["Fault.Reason"]);
        RuleFor(form => form.Reason).Must(reason => PublicText.Fits(PublicText.Paragraphs(reason), MaximumReason))
            .WithMessage(_ => text["Fault.ReasonLong", MaximumReason]);
    }
}

internal sealed class JudgeSignalHandler(
    InteractionDbContext db, SignalScope scope, TopicScope topics, TopicIntake intake, SignalWriter writer, IStringLocalizer<SignalText> text)
    : IRequestHandler<JudgeSignal, Outcome<SignalState>>
{
    public async Task<Outcome<SignalState>> Handle(JudgeSignal request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.SignalId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (signal, _, actor) = reached.Value;
        if (signal.Version != request.Version || signal.State != SignalState.Open)
        {
            return Stale();
        }

        var reason = PublicText.Paragraphs(request.Reason);
        var topic = request.Verdict switch
        {
            SignalState.Opened => await OpenAsync(signal, request.Title, reason, actor, cancellationToken),
            SignalState.Joined => await JoinAsync(signal, request.TopicId!.Value, reason, actor, cancellationToken),
            _ => (HotTopic?)null,
        };
        if (topic is { Succeeded: false })
        {
            return topic.Failure;
        }

        writer.Judge(signal, request.Verdict!.Value, topic?.Value?.Id, topic?.Value?.Title, reason, actor);
        return await db.TrySaveAsync(cancellationToken, TopicConflicts.Of) is null ? request.Verdict.Value : Stale();
    }

    private async Task<Outcome<HotTopic?>> OpenAsync(
        Signal signal, string title, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var opened = await intake.OpenAsync(
            new NewTopic(signal.SiteId, title, signal.NoticedAt, KindOf(signal.Source), Place(signal)) { Note = reason }, actor, cancellationToken);
        return opened.Succeeded ? opened.Value : opened.Failure;
    }

    private async Task<Outcome<HotTopic?>> JoinAsync(
        Signal signal, Guid topicId, string reason, Actor actor, CancellationToken cancellationToken)
    {
        // Who may judge the signal need not keep the topic.
        var reached = await topics.FindAsync(topicId, cancellationToken);
        if (!reached.Succeeded || !reached.Value.Parties.HasFlag(TopicParty.Desk))
        {
            return Failure.Invalid(nameof(JudgeSignal.TopicId), text["Fault.Topic"]);
        }

        var joined = await intake.JoinAsync(
            topicId, new NewSource(signal.NoticedAt, KindOf(signal.Source), Place(signal), reason), actor, cancellationToken);
        return joined.Succeeded ? joined.Value.Topic
            : joined.Failure.Kind == FailureKind.Conflict ? Failure.Invalid(nameof(JudgeSignal.TopicId), text["Fault.TopicClosed"])
            : joined.Failure;
    }

    private static string Place(Signal signal) => $"/console/hot-topics/signals/{signal.Id}";

    private static TopicSourceKind KindOf(SignalSource source) => source switch
    {
        SignalSource.Import => TopicSourceKind.Csv,
        SignalSource.Feed => TopicSourceKind.Feed,
        SignalSource.Surge => TopicSourceKind.Letters,
        _ => TopicSourceKind.Searches,
    };

    private Failure Stale() => new(FailureKind.Conflict, [new FieldError("", text["Judge.Stale"])]);
}
