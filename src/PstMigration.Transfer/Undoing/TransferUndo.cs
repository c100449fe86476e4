using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Takes a transfer back: copies that nobody has changed, moved or answered since go to the deleted items, and folders the transfer made go too where nothing is left in
/// them. The target tells what the copies are; the journal, which folders were made. Stopped or killed at any point it is run again. For one run.
/// </summary>
public sealed class TransferUndo
{
    private readonly ICopyUndoer _target;
    private readonly RunRecord _record;
    private readonly UndoRequest _request;
    private readonly UndoSummary _summary = new();
    private readonly Dictionary<ItemKey, int> _left = [];

    private TransferUndo(ICopyUndoer target, RunRecord record, UndoRequest request)
    {
        _target = target;
        _record = record;
        _request = request;
    }

    /// <summary>Takes back.</summary>
    /// <param name="plan">The transfer.</param>
    /// <param name="target">Its target; stays the caller's. Not while anything is copied into it.</param>
    /// <param name="request">How, and who is told.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="TransferException">TransferInUse; UndoNotSupported: the target does not know its copies one by one.</exception>
    /// <exception cref="MailDataException">The target cannot be used any further. What is wrong with single items is told of each.</exception>
    public static async Task<UndoSummary> RunAsync(TransferPlan plan, IItemTarget target, UndoRequest request, CancellationToken cancellationToken)
    {
        if (plan is null || target is null || request is null)
        {
            throw new ArgumentNullException(plan is null ? nameof(plan) : target is null ? nameof(target) : nameof(request));
        }

        if (target is not ICopyUndoer undoer)
        {
            throw TransferException.UndoNotSupported(plan);
        }

        using IDisposable? turn = target is ISharedTarget shared ? await shared.BeginTurnAsync(cancellationToken).ConfigureAwait(false) : null;
        using RunRecord record = RunRecord.BeginUndo(request.Journals, plan);
        TransferUndo undo = new(undoer, record, request);
        try
        {
            await undo.RunAsync(plan, cancellationToken).ConfigureAwait(false);
            await target.CompleteAsync(cancellationToken).ConfigureAwait(false);
            record.Finish(null);
            return undo._summary;
        }
        catch (MailDataException e)
        {
            record.Finish(e);
            throw;
        }
    }

    private async Task RunAsync(TransferPlan plan, CancellationToken cancellationToken)
    {
        // Taken down first: a list that is read while items go from it would lose its place.
        List<ListedCopy> copies = [];
        await foreach (ListedCopy copy in _target.ReadCopiesAsync(plan.Source, cancellationToken).ConfigureAwait(false))
        {
            copies.Add(copy);
            _left[copy.Key] = (_left.TryGetValue(copy.Key, out int count) ? count : 0) + 1;
        }

        foreach (ListedCopy copy in copies)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await TakeBackAsync(copy, cancellationToken).ConfigureAwait(false);
            _request.OnProgress(_summary.Items, copies.Count);
        }

        // Children first.
        foreach (JournalFolder folder in _record.ReadMadeFolders().OrderByDescending(f => f.Path.Names.Count))
        {
            await RemoveFolderAsync(folder, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TakeBackAsync(ListedCopy copy, CancellationToken cancellationToken)
    {
        JournalItem? recorded = _record.Find(copy.Key);
        UndoneItem Item(UndoOutcome? outcome, MailDataException? error = null) => new(copy.Key, copy.TargetKey, copy.Folder ?? FolderPath.Root, outcome)
        {
            MessageClass = recorded?.MessageClass ?? "",
            Subject = recorded?.Subject ?? "",
            Error = error,
        };

        UndoOutcome outcome;
        try
        {
            // What the journal knows to be complete has lost its attachments at somebody's hands.
            bool isKnownWhole = recorded is { Run: > 0, Fate: ItemFate.Copied or ItemFate.AlreadyThere };
            UndoOptions options = new(_request.IsPermanent, !isKnownWhole) { IsSourceGone = _request.IsSourceGone };
            outcome = await _target.TakeBackAsync(copy, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (Fault.IsOfOne(e, cancellationToken))
        {
            Tell(Item(null, Fault.Explain(e, TransferErrorIds.NotTakenBack)));
            return;
        }

        // Versions side by side share the entry, which is what tells whether each was whole.
        if (outcome is UndoOutcome.Removed or UndoOutcome.Gone && --_left[copy.Key] == 0)
        {
            _record.Forget(copy.Key);
        }

        Tell(Item(outcome));
    }

    private async Task RemoveFolderAsync(JournalFolder folder, CancellationToken cancellationToken)
    {
        UndoOutcome? outcome = null;
        MailDataException? error = null;
        try
        {
            outcome = await _target.RemoveFolderAsync(folder.Key, folder.Path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (Fault.IsOfOne(e, cancellationToken))
        {
            error = Fault.Explain(e, TransferErrorIds.NotTakenBack);
        }

        if (outcome is UndoOutcome.Removed or UndoOutcome.Gone)
        {
            _record.ForgetFolder(folder.Key);
        }

        Tell(new UndoneItem(null, null, folder.Path, outcome) { Error = error });
    }

    private void Tell(UndoneItem item)
    {
        _summary.Add(item);
        _request.OnItem(item);
    }
}
