using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What the last run that came to its end has left for the next, so that it need not list what has not changed.</summary>
/// <param name="TargetState">The <see cref="ITargetState.State"/> of the target then. All else holds only while the target is in it.</param>
/// <param name="Folders">The folders whose items have all met a fate that lasts.</param>
public sealed record JournalFeeds(string TargetState, IReadOnlyList<FolderFeed> Folders);

/// <summary>How far a folder of the source was read.</summary>
/// <param name="Folder">The <see cref="ItemKey.Id"/> of the folder.</param>
/// <param name="Place">Its path, role and class: whatever decides where its items go.</param>
/// <param name="Options">What was asked for, see <see cref="TransferOptions.Fingerprint"/>.</param>
/// <param name="State">The <see cref="ItemChanges.State"/> to begin with the next time.</param>
/// <param name="Run">The run that read it so far: an item of the folder that was there then was met by this run or a later one.</param>
public sealed record FolderFeed(string Folder, string Place, string Options, string State, long Run);
