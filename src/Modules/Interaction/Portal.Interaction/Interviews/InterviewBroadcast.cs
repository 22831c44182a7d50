using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Portal.Shared.Modules;

namespace Portal.Interaction.Interviews;

/// <summary>A signal as it goes out.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Kind">The name of the event.</param>
/// <param name="Data">One line of JSON.</param>
/// <param name="IsLast">Nothing comes after it.</param>
/// <param name="Line">The line of the transcript that it is about.</param>
internal sealed record LiveSignal(long Sequence, string Kind, string Data, bool IsLast, int? Line = null);

/// <summary>One visitor's part of a room: what was before, and what comes.</summary>
internal sealed class LiveSeat(string network, LiveRoom room, IReadOnlyList<LiveSignal> before, Channel<LiveSignal> channel)
{
    public string Network => network;

    public Guid InterviewId => room.Id;

    public IReadOnlyList<LiveSignal> Before => before;

    public ChannelReader<LiveSignal> Coming => channel.Reader;

    /// <summary>A signal with the words that hold when it is written: what was corrected while it waited is not told any more.</summary>
    public LiveSignal Now(LiveSignal signal) => room.Now(signal);

    /// <summary>False when the visitor reads too slowly: the seat is given up, and the browser comes back for the rest.</summary>
    public bool Offer(LiveSignal signal) => channel.Writer.TryWrite(signal);

    public void Close() => channel.Writer.TryComplete();
}

/// <summary>
/// Hands signals of live interviews to the visitors of this host: one connection to the database and one room in memory an
/// interview, while anybody watches. A notification wakes it; a look every second is the truth. Hosts need not know of
/// each other: each reads the same numbered lines.
/// </summary>
internal sealed partial class InterviewBroadcast(
    ModuleDataSources sources, IHostApplicationLifetime lifetime, ILogger<InterviewBroadcast> logger)
{
    /// <summary>Signals that may wait for a visitor.</summary>
    public const int Room = 64;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, LiveRoom> _rooms = [];
    private readonly Dictionary<string, int> _networks = new(StringComparer.Ordinal);
    private int _seats;
    private bool _running;

    /// <summary>Visitors of this host.</summary>
    public int Seats
    {
        get
        {
            lock (_lock)
            {
                return _seats;
            }
        }
    }

    /// <summary>
    /// Takes a seat from the signal after <paramref name="after"/> on; null when this host, or the network's share of it, is
    /// full.
    /// </summary>
    public async Task<LiveSeat?> SitAsync(
        Guid interviewId, long after, string network, InterviewSettings limits, CancellationToken cancellationToken)
    {
        LiveRoom room;
        lock (_lock)
        {
            var taken = _networks.GetValueOrDefault(network);
            if (_seats >= limits.StreamsPerHost || taken >= limits.StreamsPerNetwork)
            {
                return null;
            }

            _seats++;
            _networks[network] = taken + 1;
            if (!_rooms.TryGetValue(interviewId, out room!))
            {
                _rooms[interviewId] = room = new LiveRoom(interviewId);
            }

            room.Visitors++;
            if (!_running)
            {
                _running = true;
                _ = Task.Run(RunAsync, CancellationToken.None);
            }
        }

        try
        {
            await room.Filled.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Leave(network, interviewId, null);
            throw;
        }

        return room.Enter(network, after);
    }

    /// <summary>Gives a seat back.</summary>
    public void Leave(LiveSeat seat) => Leave(seat.Network, seat.InterviewId, seat);

    private void Leave(string network, Guid interviewId, LiveSeat? seat)
    {
        lock (_lock)
        {
            _seats--;
            if (_networks[network] == 1)
            {
                _networks.Remove(network);
            }
            else
            {
                _networks[network]--;
            }

            if (_rooms.TryGetValue(interviewId, out var room))
            {
                room.Exit(seat);
                if (--room.Visitors == 0)
                {
                    _rooms.Remove(interviewId);
                }
            }
        }
    }

    private async Task RunAsync()
    {
        while (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(lifetime.ApplicationStopping);
                return;
            }
            catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogBroken(exception.Message);
                await Task.Delay(Poll, lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await sources.OpenOwnAsync(new InteractionModule(), cancellationToken);
        await using (var listen = new NpgsqlCommand("listen " + InterviewSignals.Channel, connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        while (true)
        {
            LiveRoom[] rooms;
            lock (_lock)
            {
                rooms = [.. _rooms.Values];
                if (rooms.Length == 0)
                {
                    _running = false;
                    return;
                }
            }

            // All rooms at once: a line for each interview that is on air, wherever the notification came from.
            await FillAsync(connection, rooms, cancellationToken);
            await WaitAsync(connection, rooms, cancellationToken);
        }
    }

    private async Task WaitAsync(NpgsqlConnection connection, LiveRoom[] known, CancellationToken cancellationToken)
    {
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A room that was just opened waits a tenth of a second at most.
        var waited = TimeSpan.Zero;
        var step = TimeSpan.FromMilliseconds(100);
        while (waited < Poll)
        {
            if (await connection.WaitAsync(step, wake.Token) || HasNew(known))
            {
                return;
            }

            waited += step;
        }
    }

    private bool HasNew(LiveRoom[] known)
    {
        lock (_lock)
        {
            return _rooms.Count != known.Length || _rooms.Values.Any(room => !room.Filled.Task.IsCompleted);
        }
    }

    private static async Task FillAsync(NpgsqlConnection connection, LiveRoom[] rooms, CancellationToken cancellationToken)
    {
        await using var read = new NpgsqlCommand(
            """
            select s.interview_id, s.sequence, s.kind, s.data
            from unnest($1, $2) as r (id, last)
            join interaction.interview_signals s on s.interview_id = r.id and s.sequence > r.last
            order by s.interview_id, s.sequence
            """,
            connection);
        read.Parameters.Add(new() { Value = rooms.Select(room => room.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        read.Parameters.Add(new() { Value = rooms.Select(room => room.Last).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        var byId = rooms.ToDictionary(room => room.Id);
        await using (var reader = await read.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var kind = reader.GetString(2);
                var data = reader.GetString(3);
                byId[reader.GetGuid(0)].Add(Read(reader.GetInt64(1), kind, data));
            }
        }

        foreach (var room in rooms)
        {
            room.Filled.TrySetResult();
        }
    }

    private static LiveSignal Read(long sequence, string kind, string data)
    {
        using var told = JsonDocument.Parse(data);
        return kind switch
        {
            nameof(SignalKind.State) => new LiveSignal(
                sequence, kind, data, told.RootElement.TryGetProperty("over", out var over) && over.GetBoolean()),
            nameof(SignalKind.Utterance) or nameof(SignalKind.Correction) => new LiveSignal(
                sequence, kind, data, false, told.RootElement.GetProperty("n").GetInt32()),
            _ => new LiveSignal(sequence, kind, data, false),
        };
    }

    [LoggerMessage(LogLevel.Warning, "Live interviews lost their database ({Reason}); they try again in a second")]
    private partial void LogBroken(string reason);
}

/// <summary>The visitors of one interview on this host, and what they have been told.</summary>
internal sealed class LiveRoom(Guid id)
{
    private readonly Lock _lock = new();
    private readonly List<LiveSignal> _told = [];
    private readonly HashSet<LiveSeat> _seats = [];

    public Guid Id => id;

    /// <summary>Those who have a seat or wait for one; guarded by the broadcast's lock.</summary>
    public int Visitors { get; set; }

    /// <summary>What was before the room was opened has been read.</summary>
    public TaskCompletionSource Filled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Last
    {
        get
        {
            lock (_lock)
            {
                return _told.Count == 0 ? 0 : _told[^1].Sequence;
            }
        }
    }

    public LiveSeat Enter(string network, long after)
    {
        var channel = Channel.CreateBounded<LiveSignal>(
            new BoundedChannelOptions(InterviewBroadcast.Room) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        lock (_lock)
        {
            // Numbers have no gaps: the one after n is the n-th of the list.
            var from = (int)Math.Clamp(after, 0, _told.Count);
            var seat = new LiveSeat(network, this, _told[from..], channel);
            _seats.Add(seat);
            return seat;
        }
    }

    public void Exit(LiveSeat? seat)
    {
        if (seat is not null)
        {
            lock (_lock)
            {
                _seats.Remove(seat);
            }
        }
    }

    public LiveSignal Now(LiveSignal signal)
    {
        lock (_lock)
        {
            // Numbers have no gaps, and begin with 1.
            return _told[(int)signal.Sequence - 1];
        }
    }

    public void Add(LiveSignal signal)
    {
        lock (_lock)
        {
            if (signal.Kind == nameof(SignalKind.Correction))
            {
                // Whoever comes later, or comes back, never hears what was taken out: the line keeps its numbers, with the words that hold.
                for (var index = 0; index < _told.Count; index++)
                {
                    if (_told[index].Line == signal.Line)
                    {
                        _told[index] = _told[index] with { Data = signal.Data };
                    }
                }
            }

            _told.Add(signal);
            foreach (var seat in _seats.Where(seat => !seat.Offer(signal)).ToList())
            {
                _seats.Remove(seat);
                seat.Close();
            }
        }
    }
}
