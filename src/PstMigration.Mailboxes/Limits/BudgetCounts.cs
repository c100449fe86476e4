namespace PstMigration.Mailboxes;

/// <summary>What was asked of a mailbox lately: requests and bytes in their windows, the quiet the service wants, and who asks. Not thread-safe.</summary>
internal sealed class BudgetCounts(MailboxLimits limits)
{
    private const int Version = 1;
    private const int MostMembers = 1000;

    // Whoever asked for nothing in this time leaves his share to the others.
    private static readonly TimeSpan s_lively = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_clockDrift = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Guid, DateTimeOffset> _members = [];

    /// <summary>Requests in their window.</summary>
    public SlidingWindow Requests { get; } = new(limits.Requests, limits.RequestWindow);

    /// <summary>Bytes of bodies in their window.</summary>
    public SlidingWindow Bytes { get; } = new(limits.UploadBytes, limits.UploadWindow);

    /// <summary>Until when the service wants no request.</summary>
    public DateTimeOffset QuietUntil { get; private set; }

    /// <summary>Wants quiet until a moment, or longer if somebody else does.</summary>
    public void Pause(DateTimeOffset until) => QuietUntil = until > QuietUntil ? until : QuietUntil;

    /// <summary>Somebody asks for something now.</summary>
    /// <returns>How many did lately.</returns>
    public int Meet(Guid member, DateTimeOffset now)
    {
        _members[member] = now;
        foreach (Guid gone in _members.Where(m => now - m.Value > s_lively).Select(m => m.Key).ToArray())
        {
            _members.Remove(gone);
        }

        return _members.Count;
    }

    /// <summary>Writes everything.</summary>
    public void Write(BinaryWriter writer, DateTimeOffset now)
    {
        writer.Write(Version);
        writer.Write(now.UtcTicks);
        writer.Write(QuietUntil.UtcTicks);
        Requests.Write(writer);
        Bytes.Write(writer);
        writer.Write(_members.Count);
        foreach (KeyValuePair<Guid, DateTimeOffset> member in _members)
        {
            writer.Write(member.Key.ToByteArray());
            writer.Write(member.Value.UtcTicks);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote, in place of what is there but for a longer quiet.</summary>
    /// <returns>Whether it was so: not where another version wrote it, or before the clock was set back.</returns>
    /// <exception cref="IOException">It ends before its end.</exception>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public bool Read(BinaryReader reader, DateTimeOffset now)
    {
        if (reader.ReadInt32() != Version || ReadTime(reader) > now + s_clockDrift)
        {
            return false;
        }

        Pause(ReadTime(reader));
        Requests.Read(reader);
        Bytes.Read(reader);
        _members.Clear();
        int count = reader.ReadInt32();
        for (int i = 0; i < count && i < MostMembers; i++)
        {
            _members[new Guid(reader.ReadBytes(16))] = ReadTime(reader);
        }

        return true;
    }

    /// <summary>A moment as ticks of universal time.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    internal static DateTimeOffset ReadTime(BinaryReader reader) =>
        reader.ReadInt64() is long ticks && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : throw new InvalidDataException();
}
