using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Nobody watches.</summary>
internal class SilentObserver : ITransferObserver
{
    public void OnPlan(int folders, long items)
    {
    }

    public void OnFolder(SourceFolder folder)
    {
    }

    public void OnFolderUnreadable(SourceFolder folder, Exception exception)
    {
    }

    public virtual void OnItem(ItemResult result)
    {
    }

    public void OnVerifying(long done, long total)
    {
    }
}
