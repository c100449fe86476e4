using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Compares several stores with one, which is read once. Each store is compared by itself, so that an item two of them have is there for both; what the one has besides is what none of them has.
/// </summary>
/// <param name="target">What is there; stays the caller's.</param>
public sealed class StoresComparer(IItemSource target)
{
    private readonly ComparedTarget _target = new(target ?? throw new ArgumentNullException(nameof(target)));
    private readonly List<StoreComparer> _compared = [];
    private readonly HashSet<int> _taken = [];

    /// <summary>Compares a store, but for what the target has besides.</summary>
    /// <param name="source">What the target should have; stays the caller's.</param>
    /// <param name="options">What, and how.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">FolderNotFound; or a store cannot be read any further. What is wrong with single items and folders is in the result.</exception>
    public async Task<StoreComparison> CompareAsync(IItemSource source, CompareOptions options, CancellationToken cancellationToken)
    {
        StoreComparer comparer = new(source, _target, options);
        StoreComparison result = await comparer.CompareAsync(_taken, cancellationToken).ConfigureAwait(false);
        _compared.Add(comparer);
        return result;
    }

    /// <summary>Once all were compared: tells what the target has besides, each item with the first store that has its folder.</summary>
    public void TellExtras() => _compared.ForEach(c => c.TellExtras(_taken));
}
