using System.Collections.Generic;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Gathers losses, each once.</summary>
internal sealed class LossList
{
    private readonly List<ItemLoss> _losses = [];

    public void Add(LossKind kind, string detail = "")
    {
        ItemLoss loss = new(kind, detail);
        if (!_losses.Contains(loss))
        {
            _losses.Add(loss);
        }
    }

    /// <summary>What showing a body costs.</summary>
    public void AddAll(ItemBody body)
    {
        foreach (ItemLoss loss in body.Losses())
        {
            Add(loss.Kind, loss.Detail);
        }
    }

    public IReadOnlyList<ItemLoss> ToList() => _losses;

    /// <summary>Tells them with the item they were met in.</summary>
    public void AddTo(MapiItem item)
    {
        foreach (ItemLoss loss in _losses)
        {
            item.Losses.Add(loss);
        }
    }
}
