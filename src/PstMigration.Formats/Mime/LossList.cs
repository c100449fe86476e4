using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Gathers losses, each once.</summary>
internal sealed class LossList
{
    private readonly List<ItemLoss> _losses = [];

    /// <summary>An empty one.</summary>
    public LossList()
    {
    }

    /// <summary>One that begins with what the source of an item could not give.</summary>
    public LossList(MapiItem item) => AddAll(item.Losses);

    public void Add(LossKind kind, string detail = "")
    {
        ItemLoss loss = new(kind, detail);
        if (!_losses.Contains(loss))
        {
            _losses.Add(loss);
        }
    }

    /// <summary>What showing a body costs.</summary>
    public void AddAll(ItemBody body) => AddAll(body.Losses());

    public void AddAll(IEnumerable<ItemLoss> losses)
    {
        foreach (ItemLoss loss in losses)
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
