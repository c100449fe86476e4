namespace PstMigration.Pst.Ndb.Files;

/// <summary>
/// What one process knows of the use of one file: the generation (dwUnique) each reader sees, the room its writer freed that a reader may
/// still read, and which generations were its own writer's work. Safe for several threads.
/// </summary>
internal sealed class FileUse(Action<FileUse>? onUnused = null)
{
    private readonly object _gate = new();
    private readonly List<FileReading> _readers = [];
    private readonly Queue<HeldRoom> _held = new();
    private int _writers;

    // Generations that came about here, without a break: a reader that saw the first is not surprised by the last.
    private (uint First, uint Last)? _own;

    /// <summary>Whether anybody has the file open.</summary>
    public bool IsUsed
    {
        get
        {
            lock (_gate)
            {
                return _readers.Count + _writers > 0;
            }
        }
    }

    /// <summary>Registers a reader, which holds everything until it says what it sees.</summary>
    public FileReading Read()
    {
        FileReading reading = new(this);
        lock (_gate)
        {
            _readers.Add(reading);
        }

        return reading;
    }

    /// <summary>Registers a writer.</summary>
    public FileWriting Write()
    {
        lock (_gate)
        {
            _writers++;
        }

        return new FileWriting(this);
    }

    /// <summary>A reader is done.</summary>
    public void Leave(FileReading reading) => Leave(() => _readers.Remove(reading));

    /// <summary>A writer is done.</summary>
    public void LeaveWriting() => Leave(() => _writers--);

    /// <summary>A writer found the file in a generation.</summary>
    public void Begin(uint generation)
    {
        lock (_gate)
        {
            _own = _own is { } own && own.Last == generation ? own : (generation, generation);
        }
    }

    /// <summary>The writer is about to write a generation.</summary>
    public void Announce(uint generation)
    {
        lock (_gate)
        {
            _own = (_own?.First ?? generation, generation);
        }
    }

    /// <summary>Whether all that happened between two generations happened here.</summary>
    public bool IsOwnWork(uint from, uint to)
    {
        lock (_gate)
        {
            return _own is { } own && own.First <= from && from <= own.Last && to <= own.Last;
        }
    }

    /// <summary>Keeps room that was freed with a generation for those who read an older one.</summary>
    /// <returns>False where there are none.</returns>
    public bool TryHold(uint generation, IReadOnlyList<Extent> room)
    {
        lock (_gate)
        {
            if (OldestReader() >= generation)
            {
                return false;
            }

            _held.Enqueue(new HeldRoom(generation, room));
            return true;
        }
    }

    /// <summary>What nobody needs any more, each piece told once.</summary>
    public List<Extent> TakeReleased()
    {
        lock (_gate)
        {
            List<Extent> released = [];
            for (uint oldest = OldestReader(); _held.Count > 0 && _held.Peek().Generation <= oldest;)
            {
                released.AddRange(_held.Dequeue().Room);
            }

            return released;
        }
    }

    /// <summary>What is kept back.</summary>
    public List<Extent> ListHeld()
    {
        lock (_gate)
        {
            return [.. _held.SelectMany(h => h.Room)];
        }
    }

    private uint OldestReader() => _readers.Count == 0 ? uint.MaxValue : _readers.Min(r => r.Generation);

    private void Leave(Action action)
    {
        bool isUnused;
        lock (_gate)
        {
            action();
            isUnused = _readers.Count + _writers == 0;
        }

        if (isUnused)
        {
            onUnused?.Invoke(this);
        }
    }

    private sealed record HeldRoom(uint Generation, IReadOnlyList<Extent> Room);
}
