using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Reviews.ReviewBatch;

/// <summary>
/// The same decision on several editions, each judged by itself: one that cannot be approved never stops the others
/// (一事一审 holds: every edition gets its own review row).
/// </summary>
public sealed record ReviewBatch : IRequest<Outcome<IReadOnlyList<BatchLine>>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;

    /// <summary>Each chosen edition as <c>id:hash:stage</c>, as the queue's boxes post it.</summary>
    public IReadOnlyList<string> Chosen { get; init; } = [];

    /// <summary>The opinion for all of them.</summary>
    public string Opinion { get; init; } = "";

    /// <summary>保密审查 done for all of them.</summary>
    public bool SecrecyChecked { get; init; }
}

/// <summary>What became of one edition of a batch.</summary>
/// <param name="EditionId">The edition.</param>
/// <param name="Title">Its title, as far as the actor may know it.</param>
/// <param name="State">Where it stands now; null when it was refused.</param>
/// <param name="Note">Why it was refused, or what it took away.</param>
/// <param name="Takes">It takes the page away rather than publish it.</param>
public sealed record BatchLine(Guid EditionId, string Title, EditionState? State, string? Note, bool Takes = false);

internal sealed class ReviewBatchValidator : AbstractValidator<ReviewBatch>
{
    public const int MostAtOnce = 100;

    public ReviewBatchValidator(IStringLocalizer<ReviewText> text)
    {
        RuleFor(batch => batch.Chosen).NotEmpty().WithMessage(_ => text["NothingChosen"]);
        RuleFor(batch => batch.Chosen.Count).LessThanOrEqualTo(MostAtOnce)
            .OverridePropertyName(nameof(ReviewBatch.Chosen)).WithMessage(_ => text["TooManyChosen", MostAtOnce]);
        RuleFor(batch => batch.Opinion).Paragraphs(
            ReviewEdition.ReviewEditionValidator.OpinionLength,
            text["OpinionRequired"], text["OpinionTooLong", ReviewEdition.ReviewEditionValidator.OpinionLength]);
    }
}

internal sealed partial class ReviewBatchHandler(
    IServiceScopeFactory scopes, IStringLocalizer<ReviewText> text, ILogger<ReviewBatchHandler> logger)
    : IRequestHandler<ReviewBatch, Outcome<IReadOnlyList<BatchLine>>>
{
    public async Task<Outcome<IReadOnlyList<BatchLine>>> Handle(
        ReviewBatch request, CancellationToken cancellationToken)
    {
        List<BatchLine> lines = [];
        foreach (var chosen in request.Chosen.Distinct(StringComparer.Ordinal))
        {
            lines.Add(await DecideAsync(request, chosen, cancellationToken));
        }

        return lines;
    }

    private async Task<BatchLine> DecideAsync(
        ReviewBatch request, string chosen, CancellationToken cancellationToken)
    {
        var parts = chosen.Split(':');
        if (parts.Length is not (2 or 3) || !Guid.TryParse(parts[0], out var editionId))
        {
            return new BatchLine(Guid.Empty, "", null, text["NotWaiting"]);
        }

        // A unit of work for each: what one leaves behind after a refusal must not reach the next. The whole pipeline,
        // so that each is validated and each refused attempt is recorded as if it came alone.
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            var outcome = await scope.ServiceProvider.GetRequiredService<ISender>().Send(
                new ReviewEdition.ReviewEdition
                {
                    EditionId = editionId,
                    ContentHash = parts[1],
                    Stage = parts.Length == 3 && Enum.TryParse<ReviewStage>(parts[2], out var stage) ? stage : null,
                    Decision = ReviewDecision.Approved,
                    Opinion = request.Opinion,
                    SecrecyChecked = request.SecrecyChecked,
                },
                cancellationToken);
            return outcome.Succeeded
                ? LineOf(outcome.Value)
                : new BatchLine(editionId, await TitleOfAsync(editionId, cancellationToken), null, Explain(outcome.Failure));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogBroken(exception, editionId);
            return new BatchLine(editionId, await TitleOfAsync(editionId, cancellationToken), null, text["Broken"]);
        }
    }

    // A withdrawal that is released publishes nothing: it says what it took away.
    private BatchLine LineOf(ReviewEdition.ReviewResult result) => new(
        result.EditionId,
        result.Title,
        result.State,
        result is { State: EditionState.Live, Unpublishing: { } kind }
            ? text["BatchResult.TookEffect", text["Takes." + kind].Value].Value
            : null,
        result.Unpublishing is not null);

    // Only what the actor may see has a title here.
    private async Task<string> TitleOfAsync(Guid editionId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<EditionScope>()
            .FindAsync(editionId, Permission.UseConsole, cancellationToken);
        return found.Succeeded ? found.Value.Edition.Title : "";
    }

    private string Explain(Failure failure) => failure switch
    {
        { Errors: [var error, ..] } => error.Message,
        { Kind: FailureKind.Conflict } => text["ContentChanged"],
        _ => text["NotYours"],
    };

    [LoggerMessage(LogLevel.Error, "Edition {Id} of a batch could not be decided; the others go on")]
    private partial void LogBroken(Exception exception, Guid id);
}
