using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Shared.Ui;
using Portal.Shared.Workers;

namespace Portal.Publishing.Search.FruitlessSearches;

/// <summary>Deletes the counts whose retention is over.</summary>
internal sealed class ForgetFruitlessSearches(PublishingDbContext db, TimeProvider clock)
{
    public Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var today = BeijingTime.Date(clock.GetUtcNow());
        var before = today.AddDays(-FruitlessSearchRules.Of(today).RetentionDays);
        return db.FruitlessTerms.Where(row => row.Day < before).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>Once a day.</summary>
internal sealed class FruitlessSearchWorker(
    IServiceScopeFactory scopes, TimeProvider clock, ILogger<FruitlessSearchWorker> logger)
    : PollingWorker(TimeSpan.FromMinutes(10), clock, logger)
{
    protected override async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ForgetFruitlessSearches>().RunAsync(cancellationToken);
        return TimeSpan.FromDays(1);
    }
}
