using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging.Editing;

/// <summary>Random changes, and a model of what they should come to. The fuzzing program does the same for longer.</summary>
public sealed class StoreModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_file_changed_at_random_is_what_the_model_says(int seed)
    {
        StoreModelRun run = new(_folder.File("a.pst"), seed);
        run.Begin();

        Assert.Null(run.Run(TestScale.Of(400)));
        Assert.True(run.Openings > TestScale.Of(3));
    }

    [Fact]
    public async Task Two_readers_see_a_whole_file_or_that_it_changed()
    {
        string path = _folder.File("a.pst");
        StoreModelRun run = new(path, 3);
        run.Begin();
        StoreReaders readers = new(path);
        using CancellationTokenSource stop = new();
        Task[] tasks = [Task.Run(() => readers.Read(stop.Token)), Task.Run(() => readers.Read(stop.Token))];

        string? difference = run.Run(TestScale.Of(300));
        stop.Cancel();
        await Task.WhenAll(tasks);

        Assert.Null(difference);
        Assert.Empty(readers.Failures);
    }

    public void Dispose() => _folder.Dispose();
}
