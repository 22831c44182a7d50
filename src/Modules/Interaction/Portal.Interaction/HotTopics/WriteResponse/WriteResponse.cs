using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Announcements;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Text;

namespace Portal.Interaction.HotTopics.WriteResponse;

/// <summary>Keeps the response or rebuttal that is written here, and lays it before the three reviews (Opinion art. 12).</summary>
public sealed record WriteResponse : IRequest<Outcome<WroteResponse>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;

    public Guid TopicId { get; init; }

    public ResponsePart Part { get; init; }

    /// <summary>The version of the draft the person saw; 0: there was none.</summary>
    public int Version { get; init; }

    public TopicAnswerKind? Kind { get; init; }

    public string Title { get; init; } = "";

    public string Question { get; init; } = "";

    public string Facts { get; init; } = "";

    public string Evidence { get; init; } = "";

    public string Authority { get; init; } = "";

    /// <summary>Addresses of public documents, one a line.</summary>
    public string Policies { get; init; } = "";

    /// <summary>The numbers of persons in it were looked at, and belong before the public.</summary>
    public bool NumbersSeen { get; init; }

    /// <summary>Also lay it before the reviews; else it is only kept.</summary>
    public bool Submit { get; init; }
}

/// <summary>What became of it.</summary>
public sealed record WroteResponse(bool Submitted);

internal sealed class WriteResponseHandler(
    InteractionDbContext db, TopicScope scope, TopicWriter writer, PublicDocuments documents, AnnouncementDesk desk, TopicPapers papers,
    IStringLocalizer<TopicDeskText> text, TimeProvider clock) : IRequestHandler<WriteResponse, Outcome<WroteResponse>>
{
    public const int MaximumTitle = 100;
    public const int MaximumQuestion = 1000;
    public const int MaximumFacts = 5000;
    public const int MaximumEvidence = 1000;
    public const int MaximumAuthority = 60;
    public const int MostPolicies = 10;

    public async Task<Outcome<WroteResponse>> Handle(WriteResponse request, CancellationToken cancellationToken)
    {
        var reached = await scope.ForStepAsync(request.TopicId, TopicTrigger.Submit, null, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, _) = reached.Value;

        var response = found.Responses.FirstOrDefault(row => row.Part == request.Part && !row.IsLink);
        if (request.Version != (response?.Version ?? 0))
        {
            return writer.Conflict(response?.SavedBy == actor.Id ? "Rule.OwnStale" : "Rule.Stale");
        }

        List<FieldError> faults = [.. Faults(request)];
        var policies = await PoliciesAsync(request.Policies, faults, cancellationToken);
        // A document of the reviews is of one kind for good.
        if (response is not null && request.Kind != response.Kind
            && await db.AnnouncedDocuments.AnyAsync(row => row.SubjectId == response.Id, cancellationToken))
        {
            faults.Add(new FieldError(nameof(request.Kind), text["Fault.KindFixed"]));
        }

        if (faults.Count > 0)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        if (response is null)
        {
            response = New(found, request, actor);
        }

        response.Kind = request.Kind!.Value;
        response.Written = Written(request, policies);
        response.SavedBy = actor.Id;
        response.Version++;
        if (!request.Submit)
        {
            return await db.TrySaveAsync(cancellationToken, TopicConflicts.Of) is null
                ? new WroteResponse(false)
                : writer.Conflict("Rule.Stale");
        }

        writer.Note(
            found, TopicTrigger.Submit, actor, null, ("document", response.Written.Title), ("part", response.Part.ToString()),
            ("kind", response.Kind.ToString()));
        var submitted = await desk.SubmitAsync(papers.Draft(found.Topic, response) with { NumbersSeen = request.NumbersSeen }, actor, cancellationToken);
        return submitted.Succeeded ? new WroteResponse(true)
            : submitted.Failure is { Kind: FailureKind.Conflict, Errors.Count: 0 } ? writer.Conflict("Rule.Stale")
            : submitted.Failure;
    }

    private TopicResponse New(TopicCase found, WriteResponse request, Actor actor)
    {
        var now = clock.GetUtcNow();
        var response = new TopicResponse
        {
            Id = Guid.CreateVersion7(now),
            TopicId = found.Topic.Id,
            Part = request.Part,
            DocumentSiteId = found.Topic.SiteId,
            AddedAt = now,
            AddedBy = actor.Id,
            AddedByName = actor.Name,
        };
        db.TopicResponses.Add(response);
        found.Add(response);
        return response;
    }

    private static WrittenResponse Written(WriteResponse request, IReadOnlyList<PolicyLink> policies) => new()
    {
        Title = PublicText.Line(request.Title),
        Question = PublicText.Paragraphs(request.Question),
        Facts = PublicText.Paragraphs(request.Facts),
        Evidence = PublicText.Paragraphs(request.Evidence),
        Authority = PublicText.Line(request.Authority),
        Policies = policies,
    };

    // A draft may be incomplete; what is laid before the reviews may not.
    private IEnumerable<FieldError> Faults(WriteResponse request)
    {
        if (request.Kind is null)
        {
            yield return new FieldError(nameof(request.Kind), text["Fault.Kind"]);
        }

        var rebuts = request.Kind == TopicAnswerKind.Rebuttal;
        (string Name, string Value, int Least, int Most)[] fields =
        [
            (nameof(request.Title), PublicText.Line(request.Title), 4, MaximumTitle),
            (nameof(request.Question), PublicText.Paragraphs(request.Question), 5, MaximumQuestion),
            (nameof(request.Facts), PublicText.Paragraphs(request.Facts), 20, MaximumFacts),
            (nameof(request.Evidence), PublicText.Paragraphs(request.Evidence), rebuts ? 5 : 0, MaximumEvidence),
            (nameof(request.Authority), PublicText.Line(request.Authority), 2, MaximumAuthority),
        ];
        foreach (var (name, value, least, most) in fields)
        {
            if ((request.Submit && value.Length < least) || !PublicText.Fits(value, most))
            {
                yield return new FieldError(name, text["Fault.Write." + name, least, most]);
            }
        }
    }

    private async Task<IReadOnlyList<PolicyLink>> PoliciesAsync(string typed, List<FieldError> faults, CancellationToken cancellationToken)
    {
        var lines = typed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal).ToList();
        if (lines.Count > MostPolicies)
        {
            faults.Add(new FieldError(nameof(WriteResponse.Policies), text["Fault.PoliciesMany", MostPolicies]));
            return [];
        }

        List<PolicyLink> policies = [];
        foreach (var (line, number) in lines.Select((line, index) => (line, index + 1)))
        {
            if (await documents.FindAsync(line, cancellationToken) is { } document)
            {
                policies.Add(new PolicyLink(document.Id, document.SiteId, document.Path, document.Title.CutTo(200)));
            }
            else
            {
                faults.Add(new FieldError(nameof(WriteResponse.Policies), text["Fault.Policy", number]));
            }
        }

        return policies;
    }
}
