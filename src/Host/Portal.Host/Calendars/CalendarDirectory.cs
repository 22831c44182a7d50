using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Calendars;

namespace Portal.Host.Calendars;

/// <summary>The snapshot of all calendars in force. Replaced as a whole, read without locks.</summary>
internal sealed class CalendarDirectory(IServiceScopeFactory scopes) : ICalendars, IDisposable
{
    /// <summary>The trigger on the table of versions notifies on this channel.</summary>
    public const string Channel = "portal_calendars";

    private readonly SemaphoreSlim _gate = new(1);
    private volatile Snapshot? _snapshot;

    public WorkingCalendar For(string regionCode) =>
        (_snapshot ?? throw new InvalidOperationException("The calendars have not been loaded yet.")).For(regionCode);

    /// <summary>Loads the first snapshot when there is none.</summary>
    public async ValueTask EnsureLoadedAsync(CancellationToken cancellationToken)
    {
        if (_snapshot is null)
        {
            await RefreshAsync(cancellationToken);
        }
    }

    /// <summary>Takes what the database says now. Answers whether it is another than before.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var reader = scope.ServiceProvider.GetRequiredService<CalendarReader>();
            var numbers = await reader.NumbersAsync(cancellationToken);
            if (_snapshot is { } known && known.Numbers.Count == numbers.Count
                && numbers.All(number => known.Numbers.GetValueOrDefault(number.Key) == number.Value))
            {
                return false;
            }

            _snapshot = new Snapshot(await reader.LatestAsync(numbers.Keys, cancellationToken));
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private sealed class Snapshot(IReadOnlyList<CalendarVersion> versions)
    {
        private readonly FrozenDictionary<string, CalendarVersion> _versions =
            versions.ToFrozenDictionary(version => version.RegionCode);

        // Few: one for each region that has days of its own, and one for all others.
        private readonly ConcurrentDictionary<string, WorkingCalendar> _calendars = new();

        public FrozenDictionary<string, int> Numbers { get; } =
            versions.ToFrozenDictionary(version => version.RegionCode, version => version.Number);

        public WorkingCalendar For(string regionCode)
        {
            var chain = Regions.Chain(regionCode).Where(_versions.ContainsKey).ToList();
            return _calendars.GetOrAdd(
                string.Join('+', chain), _ => CalendarBook.Compose(chain.Select(code => _versions[code])));
        }
    }
}

/// <summary>Reads versions as the database has them now.</summary>
internal sealed class CalendarReader(HostDbContext db)
{
    /// <summary>The number of the version in force, by region.</summary>
    public Task<Dictionary<string, int>> NumbersAsync(CancellationToken cancellationToken) =>
        db.CalendarVersions.GroupBy(version => version.RegionCode)
            .Select(group => new { group.Key, Number = group.Max(version => version.Number) })
            .ToDictionaryAsync(row => row.Key, row => row.Number, cancellationToken);

    /// <summary>The versions in force of some regions, with their days, the province's first.</summary>
    public Task<List<CalendarVersion>> LatestAsync(
        IReadOnlyCollection<string> regions, CancellationToken cancellationToken) =>
        db.CalendarVersions.AsNoTracking().AsSingleQuery()
            .Where(version => regions.Contains(version.RegionCode)
                && !db.CalendarVersions.Any(later =>
                    later.RegionCode == version.RegionCode && later.Number > version.Number))
            .Include(version => version.Days)
            .OrderBy(version => version.RegionCode)
            .ToListAsync(cancellationToken);

    /// <summary>One version with its days.</summary>
    public Task<CalendarVersion?> FindAsync(string region, int number, CancellationToken cancellationToken) =>
        db.CalendarVersions.AsNoTracking().Include(version => version.Days)
            .SingleOrDefaultAsync(
                version => version.RegionCode == region && version.Number == number, cancellationToken);
}
