using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Messaging;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb.Editing;

/// <summary>Readers stay right while somebody writes, or say that they cannot.</summary>
public sealed class ReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Two_readers_see_what_was_there_when_they_opened(int seed)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.pst");
        File.WriteAllBytes(path, EditedFiles.Small());
        Random random = new(seed);
        NodeModel model = new(seed);
        List<(SharedFileBytes File, NodeDatabase Database, NodeModel Expected)> readers = [];
        NdbEditor editor = NdbEditor.Open(path);
        NodeModel committed = model.Copy();
        for (int i = 0; i < TestScale.Of(300); i++)
        {
            model.Step(editor);
            switch (random.Next(12))
            {
                case 0:
                    editor.Commit();
                    committed = model.Copy();
                    break;
                case 1 when readers.Count < 2:
                    SharedFileBytes file = SharedFileBytes.Open(path, isFar: false);
                    readers.Add((file, NodeDatabase.Open(file, path, PstOpenOptions.Default), committed));
                    break;
                case 2 when readers.Count > 0:
                    int index = random.Next(readers.Count);
                    readers[index].Expected.AssertEqual(readers[index].Database);
                    if (random.Next(3) == 0)
                    {
                        readers[index].File.Dispose();
                        readers.RemoveAt(index);
                    }

                    break;
                case 3 when random.Next(5) == 0:
                    editor.Dispose();
                    model.Restore(committed);
                    editor = NdbEditor.Open(path);
                    break;
            }
        }

        foreach ((SharedFileBytes file, NodeDatabase database, NodeModel expected) in readers)
        {
            expected.AssertEqual(database);
            file.Dispose();
        }

        editor.Commit();
        model.AssertEqual(editor);
        editor.Dispose();
        EditedFiles.AssertSound(File.ReadAllBytes(path));
    }

    [Fact]
    public void Room_a_reader_needs_is_used_when_it_is_gone()
    {
        FileUse use = new();
        SimulatedDisk disk = new(EditedFiles.Small());
        using NdbEditor editor = EditedFiles.Edit(disk, use);
        FileReading reader = use.Read();
        NdbEditorTests.AddNode(editor, NdbEditorTests.Node, 2_000_000);
        editor.Commit();
        reader.Generation = editor.Header.Unique;
        editor.RemoveNode(NdbEditorTests.Node);
        editor.Commit();
        long length = disk.Length;
        NdbEditorTests.AddNode(editor, NdbEditorTests.Node, 2_000_000);
        editor.Commit();
        Assert.True(disk.Length > length + 1_900_000);
        EditedFiles.AssertSound(disk.ToArray());
        reader.Dispose();
        length = disk.Length;
        for (int i = 0; i < 3; i++)
        {
            editor.SetNode(NdbEditorTests.Node, default, default);
            editor.Commit();
            editor.RemoveNode(NdbEditorTests.Node);
            NdbEditorTests.AddNode(editor, NdbEditorTests.Node, 2_000_000);
            editor.Commit();
        }

        Assert.Equal(length, disk.Length);
        EditedFiles.AssertSound(disk.ToArray());
    }

    [Fact]
    public void A_change_by_another_process_is_told_when_it_matters()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.pst");
        SimulatedDisk disk = new(EditedFiles.Small());
        using NdbEditor elsewhere = EditedFiles.Edit(disk);
        NdbEditorTests.AddNode(elsewhere, NdbEditorTests.Node, 100_000);
        elsewhere.Commit();
        File.WriteAllBytes(path, disk.ToArray());
        using SharedFileBytes file = SharedFileBytes.Open(path, isFar: false);
        NodeDatabase reader = NodeDatabase.Open(file, path, PstOpenOptions.Default);
        Assert.True(reader.TryFindNode(NdbEditorTests.Node, out NodeEntry entry));
        using DataTreeStream stream = new(reader, DataTree.Open(reader, entry.Data));
        elsewhere.RemoveNode(NdbEditorTests.Node);
        elsewhere.Commit();
        elsewhere.AddNode(NdbEditorTests.Node, new WrittenNode(default, default, 0));
        for (int i = 0; i < 20; i++)
        {
            NdbEditorTests.AddNode(elsewhere, new NodeId(NodeIdType.Internal, (uint)(0x600 + i)), 20_000);
        }

        elsewhere.Commit();
        using (FileStream over = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            byte[] bytes = disk.ToArray();
            over.Write(bytes, 0, bytes.Length);
        }

        Assert.Equal("PstChanged", Assert.Throws<PstException>(() => stream.CopyTo(Stream.Null)).Id);
    }

    [Fact]
    public void Damage_stays_damage_when_nobody_wrote()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.pst");
        byte[] bytes = EditedFiles.Small();
        NodeDatabase database = EditedFiles.Read(bytes);
        Assert.True(database.TryFindNode(NodeId.MessageStore, out NodeEntry store));
        bytes[database.FindBlock(store.Data).Block.Offset] ^= 1;
        File.WriteAllBytes(path, bytes);
        using SharedFileBytes file = SharedFileBytes.Open(path, isFar: false);
        Assert.Equal("PstDamaged", Assert.Throws<PstException>(() => NodeDatabase.Open(file, path, PstOpenOptions.Default).ReadBlock(store.Data)).Id);
    }

    [Fact]
    public void A_reader_that_is_gone_is_forgotten()
    {
        FileUse use = new();
        using (FileReading reading = use.Read())
        {
            Assert.True(use.IsUsed);
            Assert.True(use.TryHold(1, [new Extent(0, 64)]));
            Assert.Empty(use.TakeReleased());
            reading.Generation = 1;
            Assert.Single(use.TakeReleased());
        }

        Assert.False(use.IsUsed);
        Assert.False(use.TryHold(2, [new Extent(0, 64)]));
    }
}
