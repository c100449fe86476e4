using PstMigration.Formats;
using PstMigration.Mapi;
using PstMigration.Pst;
using Xunit;

namespace PstMigration.Transfer.Tests.Contract;

/// <summary>The ends the contract is tried on, by name.</summary>
internal static class StoreEnds
{
    private static readonly Dictionary<string, Func<StoreEnd>> s_all = new()
    {
        ["Pst"] = () => new FormatEnd(PstItemFormat.Instance, "a.pst"),
        ["Eml"] = () => new FormatEnd(Of("Eml"), "eml"),
        ["Maildir"] = () => new FormatEnd(Of("Maildir"), "maildir"),
        ["Mbox"] = () => new FormatEnd(Of("Mbox"), "mbox") { MovesItems = false },
        ["Sandbox"] = () => new SandboxEnd(),
    };

    public static TheoryData<string> Names => [.. s_all.Keys];

    public static StoreEnd Open(string name) => s_all[name]();

    private static ItemFormat Of(string id) => new ItemFormats(MailFormats.All).Find(id) ?? throw new ArgumentException(id, nameof(id));

    /// <summary>A file or a directory of files.</summary>
    private sealed class FormatEnd(ItemFormat format, string name) : StoreEnd
    {
        private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pstmigration-contract-" + Guid.NewGuid().ToString("N"))).FullName;

        public bool MovesItems { get; init; } = true;

        public override bool Moves => MovesItems;

        private string Place => System.IO.Path.Combine(_folder, name);

        public override Task<IItemTarget> OpenTargetAsync() => Task.FromResult(format.OpenTarget(Place, new ItemTargetOptions()));

        public override Task<IItemSource> OpenSourceAsync() => Task.FromResult(format.OpenSource(Place, new ItemSourceOptions()));

        public override ValueTask DisposeAsync()
        {
            Directory.Delete(_folder, recursive: true);
            return default;
        }
    }
}
