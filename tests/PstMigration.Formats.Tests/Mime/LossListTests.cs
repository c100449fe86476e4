using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Mime;

public sealed class LossListTests
{
    [Fact]
    public void What_was_taken_stays_as_it_was()
    {
        LossList losses = new();
        IReadOnlyList<ItemLoss> none = losses.ToList();
        losses.Add(LossKind.Field, "a");
        IReadOnlyList<ItemLoss> one = losses.ToList();
        losses.Add(LossKind.Field, "b");

        Assert.Empty(none);
        Assert.Equal([new ItemLoss(LossKind.Field, "a")], one);
    }
}
