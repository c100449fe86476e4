using System;
using System.Collections.Generic;
using System.Management.Automation;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>Shows a transfer as progress, writes an error for each item that did not arrive, and keeps what people have to look at.</summary>
/// <param name="progress">Where it stands.</param>
/// <param name="writeError">Takes the errors.</param>
/// <param name="writeItem">Takes every item's result; null where nobody wants them.</param>
internal sealed class TransferObserver(CommandProgress progress, Action<ErrorRecord> writeError, Action<object?>? writeItem) : ITransferObserver
{
    private readonly List<PstTransferItem> _issues = [];
    private SourceFolder? _folder;
    private int _done;

    /// <summary>Items that did not arrive whole.</summary>
    internal IReadOnlyList<PstTransferItem> Issues => _issues;

    public void OnFolder(SourceFolder folder)
    {
        _folder = folder;
        _done = 0;
        Show();
    }

    public void OnItem(ItemResult result)
    {
        _done++;
        PstTransferItem item = new(result);
        if (!result.IsWhole)
        {
            _issues.Add(item);
        }

        if (result.Fate is ItemFate.Failed or ItemFate.Unsure)
        {
            writeError(TransferErrors.Item(item));
        }

        writeItem?.Invoke(item);
        Show();
    }

    private void Show()
    {
        if (_folder is SourceFolder folder)
        {
            progress.Report(
                $"{folder.Path} ({_done}/{Math.Max(_done, folder.ItemCount)})",
                folder.ItemCount > 0 ? (double)_done / folder.ItemCount : null);
        }
    }
}
