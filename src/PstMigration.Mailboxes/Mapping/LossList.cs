using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Collects what an item loses on its way. Details name a place or a property, never a person or an address.</summary>
internal sealed class LossList
{
    private readonly string _prefix;
    private readonly List<ItemLoss> _losses;
    private readonly HashSet<ItemLoss> _seen;

    public LossList()
    {
        _prefix = "";
        _losses = [];
        _seen = [];
    }

    private LossList(LossList outer, string place)
    {
        _prefix = outer._prefix + place + "/";
        _losses = outer._losses;
        _seen = outer._seen;
    }

    /// <summary>The losses of something inside the item, such as an embedded message: the same list, each detail below the place.</summary>
    public LossList Within(string place) => new(this, place);

    public void Add(LossKind kind, string detail)
    {
        ItemLoss loss = new(kind, _prefix + detail);
        if (_seen.Add(loss))
        {
            _losses.Add(loss);
        }
    }

    /// <summary>What the source of an item could not give; only the kinds, for the details of sources may name people.</summary>
    public void AddAll(MapiItem item)
    {
        foreach (ItemLoss loss in item.Losses)
        {
            Add(loss.Kind, "");
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

    /// <summary>The losses so far, each once.</summary>
    public IReadOnlyList<ItemLoss> ToList() => [.. _losses];
}
