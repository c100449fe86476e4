using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Is told what a run does while it does it. Called from one thread at a time, in the order of the source.</summary>
public interface ITransferObserver
{
    /// <summary>The folders that are going to be copied are known.</summary>
    /// <param name="folders">How many.</param>
    /// <param name="items">How many items the source says are in them; an estimate.</param>
    void OnPlan(int folders, long items);

    /// <summary>A folder is about to be read.</summary>
    void OnFolder(SourceFolder folder);

    /// <summary>A folder could not be listed, or no further, and what was listed before is copied; or one without items could not be made. Told once of each.</summary>
    void OnFolderUnreadable(SourceFolder folder, Exception exception);

    /// <summary>An item has its fate. An unsure item is told once, when the run's end has decided it.</summary>
    void OnItem(ItemResult result);

    /// <summary>What was written is being read again.</summary>
    /// <param name="read">Items read so far, at both ends.</param>
    /// <param name="total">How many there are; an estimate.</param>
    void OnVerifying(long read, long total);
}
