using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Is told what a run does while it does it. Called from the run's own thread, in order.</summary>
public interface ITransferObserver
{
    /// <summary>A folder is about to be copied.</summary>
    void OnFolder(SourceFolder folder);

    /// <summary>An item has its fate. An unsure item is told once, when the run's end has decided it.</summary>
    void OnItem(ItemResult result);
}
