package io.cosmichub.fanout;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import java.util.ArrayList;
import java.util.List;

/** One page of a chart's members, in no particular order. Immutable, equal by value. */
public record MemberPage(List<Member> members) {
  // Layout v1: version | varint count | for each: string pair id, side byte, zig-zag epoch;
  // a string is its length as a varint and UTF-8.
  private static final int VERSION = 1;

  /** A page without members. */
  public static final MemberPage EMPTY = new MemberPage(List.of());

  /** Copies the members. */
  public MemberPage {
    members = List.copyOf(members);
  }

  /** How many members it holds. */
  public int size() {
    return members.size();
  }

  /** The index of a pair's member, or −1. */
  int indexOf(String pairId) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).pairId().equals(pairId)) {
        return i;
      }
    }
    return -1;
  }

  MemberPage with(Member added) {
    List<Member> next = new ArrayList<>(members.size() + 1);
    next.addAll(members);
    next.add(added);
    return new MemberPage(next);
  }

  MemberPage replaced(int index, Member member) {
    List<Member> next = new ArrayList<>(members);
    next.set(index, member);
    return new MemberPage(next);
  }

  MemberPage without(int index) {
    List<Member> next = new ArrayList<>(members);
    next.remove(index);
    return new MemberPage(next);
  }

  Member last() {
    return members.get(members.size() - 1);
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    LayoutWriter out = new LayoutWriter(VERSION, 8 + 24 * members.size());
    out.putVarLong(members.size());
    for (Member member : members) {
      out.putString(member.pairId());
      out.putByte(member.side());
      out.putZigZag(member.epoch());
    }
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static MemberPage fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("MemberPage", bytes, VERSION);
    int count = in.getVarInt(0, bytes.length);
    List<Member> members = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      members.add(new Member(in.getString(), in.getByte(), in.getZigZag()));
    }
    in.end();
    return new MemberPage(members);
  }
}
