using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.ListOpinions;

/// <summary>Acts on several opinions of a consultation.</summary>
public sealed record TakeOpinionSteps(Guid Id, OpinionActInput Input) : IRequest<Outcome<int>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageConsultations;
}

internal sealed class TakeOpinionStepsHandler(ConsultationScope scope, OpinionSteps steps) : IRequestHandler<TakeOpinionSteps, Outcome<int>>
{
    public async Task<Outcome<int>> Handle(TakeOpinionSteps request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.Id, cancellationToken);
        return found.Succeeded ? await steps.TakeAsync(found.Value, request.Input, cancellationToken) : found.Failure;
    }
}

/// <summary>What an act for many has done, and how many it left as they were.</summary>
public sealed record OpinionsDone(int Count, int Left, OpinionAct Act);

/// <summary>The queue of opinions, and what is done to several of them.</summary>
internal sealed class ListOpinionsEndpoint : ICarterModule
{
    private const string Route = "/console/consultations/{consultation:guid}/opinions";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (
            Guid consultation, string? set, string? clause, string? cursor, int? done, int? left, string? act, ISender sender,
            CancellationToken cancellationToken) => AnswerAsync(
                new ListOpinions(consultation, SetOf(set), clause, cursor), null, done is { } count ? new(count, left ?? 0, ActOf(act)) : null, null,
                sender, cancellationToken));
        app.MapConsoleForm(Route, async (Guid consultation, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var input = Filled(form) with
            {
                Ids = [.. form["Ids"].Select(id => Guid.TryParse(id, out var known) ? known : Guid.Empty).Where(id => id != Guid.Empty)],
            };
            var taken = await sender.Send(new TakeOpinionSteps(consultation, input), cancellationToken);
            var (set, clause) = (SetOf(form.Text("set")), form.Text("clause"));
            return taken.Succeeded
                ? Results.LocalRedirect($"/console/consultations/{consultation}/opinions?set={set}&clause={Uri.EscapeDataString(clause)}&done={taken.Value}&left={input.Ids.Distinct().Count() - taken.Value}&act={input.Act}")
                : taken.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await AnswerAsync(new ListOpinions(consultation, set, clause, null), input, null, taken.Failure, sender, cancellationToken)
                    : taken.Failure.Page();
        });
    }

    /// <summary>What is filled in for an act.</summary>
    internal static OpinionActInput Filled(IFormCollection form) => new()
    {
        Act = form.Chosen<OpinionAct>("Act"),
        Reason = form.Text("Reason"),
        Theme = form.Text("Theme"),
        ClusterId = form.Id("ClusterId"),
        ClusterName = form.Text("ClusterName"),
        Disposition = form.Chosen<Disposition>("Disposition"),
    };

    private static OpinionSet SetOf(string? set) => Enum.TryParse<OpinionSet>(set, out var named) && Enum.IsDefined(named) ? named : OpinionSet.Waiting;

    private static OpinionAct ActOf(string? act) => Enum.TryParse<OpinionAct>(act, out var named) && Enum.IsDefined(named) ? named : default;

    private static async Task<IResult> AnswerAsync(
        ListOpinions request, OpinionActInput? typed, OpinionsDone? done, Failure? failure, ISender sender, CancellationToken cancellationToken)
    {
        var queue = await sender.Send(request, cancellationToken);
        return queue.Succeeded ? ListOpinionsPage.Of(queue.Value, typed, done, failure) : queue.Failure.Page();
    }
}
