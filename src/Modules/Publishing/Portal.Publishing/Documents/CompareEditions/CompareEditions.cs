using MediatR;
using Portal.Publishing.Documents.ReadEdition;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Documents.CompareEditions;

/// <summary>Two editions of one document beside each other.</summary>
public sealed record CompareEditions(Guid DocumentId, Guid Left, Guid Right) : IRequest<Outcome<Comparison>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>Two editions, the earlier first.</summary>
public sealed record Comparison(EditionView Former, EditionView Latter);

internal sealed class CompareEditionsHandler(EditionReader reader) : IRequestHandler<CompareEditions, Outcome<Comparison>>
{
    public async Task<Outcome<Comparison>> Handle(CompareEditions request, CancellationToken cancellationToken)
    {
        var left = await reader.ReadAsync(request.Left, cancellationToken);
        if (!left.Succeeded)
        {
            return left.Failure;
        }

        var right = await reader.ReadAsync(request.Right, cancellationToken);
        if (!right.Succeeded)
        {
            return right.Failure;
        }

        var (a, b) = (left.Value, right.Value);
        return a.DocumentId != request.DocumentId || b.DocumentId != request.DocumentId ? Failure.NotFound
            : a.Number <= b.Number ? new Comparison(a, b)
            : new Comparison(b, a);
    }
}
