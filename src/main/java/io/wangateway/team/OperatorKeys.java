package io.wangateway.team;

import java.util.List;

import jakarta.persistence.LockModeType;

import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.repository.Repository;

/** The operators. */
interface OperatorKeys extends Repository<OperatorKey, Integer> {

	OperatorKey saveAndFlush(OperatorKey operator);

	/**
	 * Find all who may do something, and let no one else change any of them meanwhile.
	 * Always in the same order, so that two who wait do not wait for each other.
	 */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	List<OperatorKey> findToChangeByDeletedAtIsNullOrderById();

	List<OperatorKey> findByDeletedAtIsNullAndIdBetween(int from, int to, Sort sort, Limit limit);

}
