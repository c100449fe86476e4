using System.Management.Automation;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Commands;

/// <summary>
/// Remove-PstItem: moves items to the Deleted Items of their file, or takes them out of it. All items of a file are one change.
/// </summary>
/// <remarks>
/// An attribute names one impact for a cmdlet. Moving to Deleted Items can be undone and is not asked about by itself; deleting permanently is, as
/// an impact of High would be: unless -Confirm says otherwise.
/// </remarks>
[Cmdlet(VerbsCommon.Remove, "PstItem", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PstRemovalResult))]
public sealed class RemovePstItemCommand : AsyncCommand
{
    private readonly PstItemSelection _selection = new();

    /// <summary>Items as Get-PstItem gives them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PstItemTransformation(Properties = "")]
    [AllowEmptyCollection]
    [ValidateNotNull]
    public PstItemInfo[] InputObject { get; set; } = [];

    /// <summary>Takes them out of the file instead.</summary>
    [Parameter]
    public SwitchParameter Permanent { get; set; }

    /// <inheritdoc/>
    private protected override MailDataException? NotTaken => InputObject.Length == 0 ? InputErrors.NotTaken(this, Strings.TakesItems) : null;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (PstItemInfo item in InputObject)
        {
            if (await OnPipelineAsync(() => Ask(item)).ConfigureAwait(false))
            {
                _selection.Add(item);
            }
        }
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (string path in _selection.Paths)
        {
            try
            {
                Remove(path, cancellationToken);
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                WriteError(ErrorRecords.From(e, path));
            }
        }

        return Task.CompletedTask;
    }

    // Settings of programs have no use in Deleted Items, where nobody would see them either.
    private bool IsForGood(PstItemInfo item) => Permanent || item.IsAssociated;

    private bool Ask(PstItemInfo item)
    {
        string target = LocalText.Format(Strings.TargetItem, item.PstPath, item.Folder, item.Subject);
        bool isForGood = IsForGood(item);
        if (!ShouldProcess(target, isForGood ? Strings.ActionRemovePermanently : Strings.ActionRemove))
        {
            return false;
        }

        return !isForGood || MyInvocation.BoundParameters.ContainsKey("Confirm")
            || ShouldContinue(target, Strings.ActionRemovePermanently);
    }

    private void Remove(string path, CancellationToken cancellationToken)
    {
        using PstFileEditor editor = PstFileEditor.Open(path, new PstEditOptions { TimeProvider = Clock });

        // Ids are never given a second time: what is gone was removed.
        HashSet<NodeId> gone = [];
        Dictionary<NodeId, PstItemInfo> items = _selection.Of(path, editor.StoreKey, editor.StampOf, (item, error) => WriteError(ErrorRecords.From(error, item)), id => gone.Add(id));
        PstRemovalResult result = new(path) { Failed = _selection.Count(path) - items.Count - gone.Count, AlreadyDeleted = gone.Count };
        NodeId? deletedItems = editor.FindFolder(FolderRole.DeletedItems)?.Id;
        foreach (KeyValuePair<NodeId, PstItemInfo> item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isForGood = IsForGood(item.Value);
            if (!isForGood && editor.FolderOf(item.Key) == deletedItems)
            {
                result.AlreadyDeleted++;
                continue;
            }

            try
            {
                editor.DeleteItem(item.Key, isForGood);
                result.Add(isForGood);
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e) && !editor.IsBroken)
            {
                result.Failed++;
                WriteError(ErrorRecords.From(e, item.Value));
            }
        }

        editor.Commit();
        WriteVerbose(LocalText.Format(Strings.RemovedVerbose, path, result.Moved, result.Removed, result.AlreadyDeleted, result.Failed));
        WriteObject(result);
    }
}
