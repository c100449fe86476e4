namespace PstMigration.Formats.Tests.Trees;

/// <summary>A folder of its own for a test, gone with it.</summary>
internal sealed class Folder : IDisposable
{
    public Folder()
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "trees-" + Guid.NewGuid().ToString("N").Substring(0, 12));
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public string At(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public string[] Files() => Directory.GetFiles(Path, "*", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
