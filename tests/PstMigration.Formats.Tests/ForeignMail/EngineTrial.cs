using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>A run of the engine over input that was spoilt on purpose: it comes to its end, and whatever is wrong with an item is told by a typed error.</summary>
internal sealed class EngineTrial : ITransferObserver
{
    private readonly List<string> _wrong = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Items that were given a fate.</summary>
    public int Items { get; private set; }

    /// <summary>Of these, those that failed with a typed error.</summary>
    public int Refused { get; private set; }

    /// <summary>The longest time between two fates, which covers any single item.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>Copies everything.</summary>
    public async Task RunAsync(IItemSource source, IItemTarget target, CancellationToken cancellationToken)
    {
        try
        {
            _watch.Restart();
            TransferRun run = await TransferRun.PlanAsync(source, new TransferOptions(), this, cancellationToken).ConfigureAwait(false);
            await run.RunAsync(target, cancellationToken).ConfigureAwait(false);
        }
        catch (MailDataException e) when (!e.EndsRun && Items == 0)
        {
            // What is no mail at all is told before anything is copied.
            Refused++;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _wrong.Add("the run ended: " + e);
        }
    }

    /// <inheritdoc/>
    public void OnPlan(int folders, long items) => _watch.Restart();

    /// <inheritdoc/>
    public void OnFolder(SourceFolder folder) => _watch.Restart();

    /// <inheritdoc/>
    public void OnFolderUnreadable(SourceFolder folder, Exception exception)
    {
        if (exception is MailDataException { Id: nameof(TransferErrorIds.FolderNotListed), InnerException: not (IOException or UnauthorizedAccessException) })
        {
            _wrong.Add("folder " + folder.Path + ": " + exception);
        }
    }

    /// <inheritdoc/>
    public void OnVerifying(long read, long total) => _watch.Restart();

    /// <inheritdoc/>
    public void OnItem(ItemResult result)
    {
        Longest = _watch.Elapsed > Longest ? _watch.Elapsed : Longest;
        _watch.Restart();
        Items++;
        Refused += result.Fate == ItemFate.Failed ? 1 : 0;
        string? id = result.Fate is ItemFate.Failed or ItemFate.Unsure ? result.Written.ReasonId ?? "none" : null;
        if (id is "none" or nameof(TransferErrorIds.ItemNotCopied) or nameof(TransferErrorIds.ItemUnreadable) or nameof(FormatErrorIds.MimeUnreadable) or nameof(FormatErrorIds.MimeUnwritable)
            || result.Fate == ItemFate.Unsure)
        {
            _wrong.Add(result.Key.Id + ": " + result.Fate + " " + id + ": " + result.Written.Reason);
        }
    }
}
