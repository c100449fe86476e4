using System;
using System.Collections.Generic;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Counts of a run. Every item read has exactly one fate, so the fates add up to <see cref="Read"/>.</summary>
public sealed class TransferSummary
{
    private readonly Dictionary<ItemFate, int> _fates = [];
    private readonly SortedDictionary<LossKind, int> _losses = [];

    /// <summary>Folders visited.</summary>
    public int Folders { get; internal set; }

    /// <summary>Items read.</summary>
    public int Read { get; private set; }

    /// <summary>Wall-clock time of the run.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>How often each kind of loss occurred in this run.</summary>
    public IReadOnlyDictionary<LossKind, int> Losses => _losses;

    /// <summary>How many items met this fate.</summary>
    public int Count(ItemFate fate) => _fates.TryGetValue(fate, out int count) ? count : 0;

    internal void Add(ItemResult result)
    {
        Read++;
        _fates[result.Fate] = Count(result.Fate) + 1;
        foreach (ItemLoss loss in result.Losses)
        {
            _losses[loss.Kind] = (_losses.TryGetValue(loss.Kind, out int count) ? count : 0) + 1;
        }
    }
}
