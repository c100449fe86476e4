namespace PstMigration.Pst.Tests.Messaging;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), "pst-" + Guid.NewGuid().ToString("N"));

    public TemporaryFolder() => Directory.CreateDirectory(_path);

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => Path.Combine(_path, name);

    /// <summary>The names of the files in it.</summary>
    public string[] Names() => Array.ConvertAll(Directory.GetFiles(_path), f => Path.GetFileName(f)!);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
