using Microsoft.EntityFrameworkCore;

namespace Portal.Disclosure.Interpretations;

/// <summary>Finds the plans that hold.</summary>
internal static class InterpretationPlans
{
    /// <summary>The newest plan of each document that has one.</summary>
    public static async Task<IReadOnlyDictionary<Guid, InterpretationPlan>> NewestAsync(
        this IQueryable<InterpretationPlan> plans, IReadOnlyCollection<Guid> documents, CancellationToken cancellationToken) =>
        documents.Count == 0
            ? new Dictionary<Guid, InterpretationPlan>()
            : (await plans.AsNoTracking().Where(plan => documents.Contains(plan.DocumentId)).ToListAsync(cancellationToken))
                .GroupBy(plan => plan.DocumentId)
                .ToDictionary(versions => versions.Key, versions => versions.MaxBy(plan => plan.Number)!);
}
