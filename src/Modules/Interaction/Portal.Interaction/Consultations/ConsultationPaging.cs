using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Paging;

namespace Portal.Interaction.Consultations;

internal static class ConsultationPaging
{
    /// <summary>A page by keyset: the newest by <paramref name="at"/> first, ties broken by the id.</summary>
    public static Task<Page<Consultation>> PageAsync(
        this IQueryable<Consultation> rows, Expression<Func<Consultation, DateTimeOffset>> at, Cursor? cursor, int size,
        CancellationToken cancellationToken) => ReadAsync(rows, at, row => row.Id, cursor, size, cancellationToken);

    /// <summary>The same of opinions.</summary>
    public static Task<Page<Opinion>> PageAsync(
        this IQueryable<Opinion> rows, Expression<Func<Opinion, DateTimeOffset>> at, Cursor? cursor, int size,
        CancellationToken cancellationToken) => ReadAsync(rows, at, row => row.Id, cursor, size, cancellationToken);

    private static async Task<Page<T>> ReadAsync<T>(
        IQueryable<T> rows, Expression<Func<T, DateTimeOffset>> at, Expression<Func<T, Guid>> id, Cursor? cursor, int size,
        CancellationToken cancellationToken)
        where T : class
    {
        var back = cursor is { Backwards: true };
        if (cursor is { } edge)
        {
            rows = rows.Where(Beyond(at, id, edge));
        }

        var ordered = back ? rows.OrderBy(at).ThenBy(id) : rows.OrderByDescending(at).ThenByDescending(id);
        var items = await ordered.Take(size + 1).ToListAsync(cancellationToken);
        var more = items.Count > size;
        if (more)
        {
            items.RemoveAt(size);
        }

        if (back)
        {
            items.Reverse();
        }

        var (when, which) = (at.Compile(), id.Compile());
        string Edge(T row, bool backwards) => new Cursor(when(row), which(row), backwards).ToString();
        return new Page<T>(
            items,
            items.Count > 0 && (back || more) ? Edge(items[^1], false) : null,
            items.Count > 0 && (back ? more : cursor is not null) ? Edge(items[0], true) : null);
    }

    // at < edge.At || (at == edge.At && id < edge.Id), or the other way round.
    private static Expression<Func<T, bool>> Beyond<T>(
        Expression<Func<T, DateTimeOffset>> at, Expression<Func<T, Guid>> id, Cursor edge)
    {
        var row = at.Parameters[0];
        var own = new Swap(id.Parameters[0], row).Visit(id.Body);
        var (edgeAt, edgeId) = (Held(edge.At), Held(edge.Id));
        return Expression.Lambda<Func<T, bool>>(
            Expression.OrElse(
                edge.Backwards ? Expression.GreaterThan(at.Body, edgeAt) : Expression.LessThan(at.Body, edgeAt),
                Expression.AndAlso(
                    Expression.Equal(at.Body, edgeAt),
                    edge.Backwards ? Expression.GreaterThan(own, edgeId) : Expression.LessThan(own, edgeId))),
            row);
    }

    // A captured value becomes a parameter of the statement, not a part of its text.
    private static Expression Held<T>(T value)
    {
        Expression<Func<T>> held = () => value;
        return held.Body;
    }

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
