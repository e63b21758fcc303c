from governance.models.boards import Board, BoardAppointment, BoardGroupGrant, BoardUserGrant

__all__ = ["Board", "BoardAppointment", "BoardGroupGrant", "BoardUserGrant"]
