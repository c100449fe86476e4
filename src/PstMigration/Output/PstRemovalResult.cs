namespace PstMigration;

/// <summary>What removing items from a data file did.</summary>
public sealed class PstRemovalResult
{
    internal PstRemovalResult(string path) => PstPath = path;

    /// <summary>The full path of the file.</summary>
    public string PstPath { get; }

    /// <summary>Items that were moved to Deleted Items.</summary>
    public int Moved { get; private set; }

    /// <summary>Items that were taken out of the file.</summary>
    public int Removed { get; private set; }

    /// <summary>Items that were in Deleted Items already and stayed there, and items that were no longer in the file.</summary>
    public int AlreadyDeleted { get; internal set; }

    /// <summary>Items that could not be removed, or were changed since they were listed (not removed); each was an error.</summary>
    public int Failed { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => PstPath;

    internal void Add(bool isForGood)
    {
        if (isForGood)
        {
            Removed++;
        }
        else
        {
            Moved++;
        }
    }
}
