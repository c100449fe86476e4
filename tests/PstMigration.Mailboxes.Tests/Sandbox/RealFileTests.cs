using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>Files other programs wrote go into the mailbox and come out with the same content, but for what was said to be lost.</summary>
public sealed class RealFileTests
{
    /// <summary>Losses that change what the content digest covers.</summary>
    private static readonly LossKind[] s_ofContent =
    [
        LossKind.RtfFidelity, LossKind.OleObject, LossKind.NestedAttachment, LossKind.AttachmentByReference, LossKind.AttachmentTooLarge,
        LossKind.MessageClass, LossKind.TextChanged,
    ];

    /// <summary>mono knows no time zone by Windows' name, so that the sandbox cannot reckon with them.</summary>
    private static readonly bool s_knowsZones = WindowsZones.Info("Tokyo Standard Time") is not null;

    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_real_file_comes_back_with_the_same_content(string? name)
    {
        string path = TestData.Path(name ?? "pst");
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();
        using PstFile file = PstFile.Open(path);
        PstItemSource source = new(file);
        Dictionary<ItemKey, (ItemDigest Digest, bool Whole)> written = [];
        await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None))
        {
            TargetFolder into = await sandbox.Time.RunAsync(target.OpenFolderAsync(folder.Path, folder.Role, folder.ContainerClass, CancellationToken.None));
            await foreach (SourceItem listed in source.ReadItemsAsync(folder, CancellationToken.None))
            {
                MapiItem item = await listed.OpenAsync(CancellationToken.None);
                if (!s_knowsZones && item.IsOfClass("IPM.Appointment"))
                {
                    continue;
                }

                ItemDigest digest = ItemDigester.Content(item);
                ItemProvenance provenance = new(listed.Key, listed.Version, digest, folder.Path, ItemIdentity.Of(item));

                WriteResult result = await sandbox.WriteAsync(target, into, item, provenance);

                Assert.True(
                    result.Fate == ItemFate.Copied || (result.Fate == ItemFate.Skipped && target.Refuse(item.MessageClass) is not null),
                    $"{listed.Key} {item.MessageClass}: {result.Fate} {result.ReasonId} {result.Reason}");
                if (result.TargetKey is ItemKey key)
                {
                    written.Add(key, (digest, !result.Losses.Any(l => s_ofContent.Contains(l.Kind))));
                }
            }
        }

        foreach ((_, SourceItem listed, MapiItem item) in await sandbox.ExportAsync())
        {
            Assert.True(written.TryGetValue(listed.Key, out (ItemDigest Digest, bool Whole) sent), "Nobody wrote " + listed.Key);
            written.Remove(listed.Key);
            Assert.True(!sent.Whole || ItemDigester.Content(item) == sent.Digest, item.MessageClass + " " + listed.Key);
        }

        Assert.Empty(written);
    }
}
