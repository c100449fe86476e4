using System.Management.Automation;
using PstMigration.Errors;
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
public sealed class RemovePstItemCommand : AsyncCommand
{
    private readonly PstItemSelection _selection = new();
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>Items as Get-PstItem gives them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PstItemInfo[] InputObject { get; set; } = [];

    /// <summary>Takes them out of the file instead.</summary>
    [Parameter]
    public SwitchParameter Permanent { get; set; }

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
        string target = LocalText.Format(Strings.TargetItem, item.Path, item.Folder, item.Subject);
        bool isForGood = IsForGood(item);
        if (!ShouldProcess(target, isForGood ? Strings.ActionRemovePermanently : Strings.ActionRemove))
        {
            return false;
        }

        return !isForGood || MyInvocation.BoundParameters.ContainsKey("Confirm")
            || ShouldContinue(target, Strings.ActionRemovePermanently, ref _yesToAll, ref _noToAll);
    }

    private void Remove(string path, CancellationToken cancellationToken)
    {
        Dictionary<NodeId, PstItemInfo> items = _selection.Of(path, i => WriteError(ErrorRecords.From(FileErrors.NotListed(i), i)));
        using PstFileEditor editor = PstFileEditor.Open(path, new PstEditOptions { TimeProvider = Clock });
        PstItemSelection.CheckUnchanged(path, editor.Generation, editor.StoreKey, items.Values);
        foreach (KeyValuePair<NodeId, PstItemInfo> item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                editor.DeleteItem(item.Key, IsForGood(item.Value));
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e) && !editor.IsBroken)
            {
                WriteError(ErrorRecords.From(e, item.Value));
            }
        }

        editor.Commit();
    }
}
