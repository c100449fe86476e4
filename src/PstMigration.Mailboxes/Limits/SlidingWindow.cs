namespace PstMigration.Mailboxes;

/// <summary>
/// Counts amounts within a sliding window of time, in slices of a hundredth of it: a slice counts in full until its newest
/// moment has left the window, so the count is never below the truth. Not thread-safe.
/// </summary>
internal sealed class SlidingWindow(long limit, TimeSpan window)
{
    private const int Slices = 100;
    private readonly TimeSpan _slice = TimeSpan.FromTicks(Math.Max(1, window.Ticks / Slices));
    private readonly Queue<(DateTimeOffset Ends, long Amount)> _counted = new();
    private DateTimeOffset _current;
    private long _currentAmount;
    private long _total;

    /// <summary>How long to wait until <paramref name="amount"/> more fits; zero where it does now.</summary>
    /// <remarks>An amount above the limit itself fits once the window is empty: it could never be sent otherwise.</remarks>
    public TimeSpan WaitFor(long amount, DateTimeOffset now)
    {
        Slide(now);
        long mustLeave = _total + amount - limit;
        if (mustLeave <= 0 || _total == 0)
        {
            return TimeSpan.Zero;
        }

        foreach ((DateTimeOffset ends, long counted) in _counted)
        {
            mustLeave -= counted;
            if (mustLeave <= 0)
            {
                return ends + window - now;
            }
        }

        return _current + _slice + window - now;
    }

    /// <summary>Counts an amount.</summary>
    public void Count(long amount, DateTimeOffset now)
    {
        Slide(now);
        _currentAmount += amount;
        _total += amount;
    }

    /// <summary>Writes what is counted.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_current.UtcTicks);
        writer.Write(_currentAmount);
        writer.Write(_counted.Count);
        foreach ((DateTimeOffset ends, long amount) in _counted)
        {
            writer.Write(ends.UtcTicks);
            writer.Write(amount);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote, in place of what is counted.</summary>
    /// <exception cref="IOException">It ends before its end.</exception>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public void Read(BinaryReader reader)
    {
        _counted.Clear();
        _total = 0;
        _current = BudgetCounts.ReadTime(reader);
        _currentAmount = ReadAmount(reader);
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            _counted.Enqueue((BudgetCounts.ReadTime(reader), ReadAmount(reader)));
        }
    }

    private long ReadAmount(BinaryReader reader)
    {
        long amount = reader.ReadInt64();
        _total += amount >= 0 ? amount : throw new InvalidDataException();
        return amount;
    }

    private void Slide(DateTimeOffset now)
    {
        if (now >= _current + _slice)
        {
            if (_currentAmount > 0)
            {
                _counted.Enqueue((_current + _slice, _currentAmount));
            }

            _current = now;
            _currentAmount = 0;
        }

        while (_counted.Count > 0 && _counted.Peek().Ends + window <= now)
        {
            _total -= _counted.Dequeue().Amount;
        }
    }
}
