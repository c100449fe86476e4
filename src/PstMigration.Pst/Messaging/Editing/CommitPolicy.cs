namespace PstMigration.Pst.Messaging;

/// <summary>Tells when a group of changes is large or old enough to be committed.</summary>
internal sealed class CommitPolicy(PstCommitGroup? group, TimeProvider time)
{
    private int _items;
    private long _bytes;
    private long _since;

    /// <summary>Whether it is time.</summary>
    public bool IsDue => group is not null && _items > 0
        && (_items >= group.Items || _bytes >= group.Bytes || time.GetElapsedTime(_since) >= group.Time);

    /// <summary>Counts an item.</summary>
    public void Count(long bytes)
    {
        if (_items == 0)
        {
            _since = time.GetTimestamp();
        }

        _items++;
        _bytes += bytes;
    }

    /// <summary>Everything was committed.</summary>
    public void Reset()
    {
        _items = 0;
        _bytes = 0;
    }
}
